/** What the proof page fetches: signed texts as they are, and the answers about them. */
import { Refused } from "../../client.js"

/** A static file of the log; null where there is none. */
export const logText = async (path: string): Promise<string | null> => {
  const answer = await fetch(`/audit/proof/${path}`)
  if (answer.status === 404) return null
  if (!answer.ok)
    throw new Refused({
      status: answer.status,
      rule: `HTTP_${answer.status}`,
      hint_zh: "取不到证明日志的文件，请稍后重试",
      hint_en: "A file of the proof log cannot be fetched: try again",
    })
  return answer.text()
}

/** Whether the service said that it has no such route: then it keeps no proof log. */
export const isOff = (error: unknown): boolean => error instanceof Refused && error.problem.status === 404
