/** Sends a file with counted bytes; `fetch` cannot say how far it is. */
import type { Upload } from "../../../view/upload.js"
import { headersOf, refusedBy } from "../../client.js"
import type { Session } from "../../session.js"

/** Rejects with `Refused` for a refusal, with an `AbortError` when the signal ends it. */
export const sendFile = (
  session: Session,
  file: File,
  onProgress: (sent_bytes: number) => void,
  signal: AbortSignal,
): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", `/intake/uploads?fileName=${encodeURIComponent(file.name.slice(-200))}`)
    for (const [name, value] of Object.entries(headersOf(session))) request.setRequestHeader(name, value)
    request.setRequestHeader("content-type", "application/octet-stream")
    request.responseType = "json"
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded))
    request.upload.addEventListener("load", () => onProgress(file.size))
    request.addEventListener("load", () => {
      const answer: unknown = request.response
      if (request.status === 201) return resolve(answer as Upload)
      return reject(refusedBy(answer, request.status))
    })
    request.addEventListener("error", () => reject(new TypeError("the ledger did not answer")))
    request.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")))
    signal.addEventListener("abort", () => request.abort(), { once: true })
    request.send(file)
  })
