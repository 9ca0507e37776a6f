/**
 * A door to the hooks of a test node that is a process of its own: tests in another process order faults, ask what has struck, cut
 * its sockets and open its port again. Loopback only, for tests only.
 *
 * `POST /faults` an order, `DELETE /faults` forgets what stands, `GET /faults` what has struck, `POST /die`, `POST /restart`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type Fault, faultKinds, type FaultOrder, nodeMethods } from "./faults.js"
import type { TestNode } from "./node.js"

export type Control = { readonly url: string; readonly close: () => Promise<void> }

/** What JSON has no word for is written as text: `times` "always", `current` of a wrong version in digits. */
type WrittenOrder = Omit<FaultOrder, "times" | "fault"> & {
  readonly times?: number | "always"
  readonly fault:
    Exclude<Fault, { readonly kind: "wrong_version" }> | { readonly kind: "wrong_version"; readonly current: string | null }
}

export const writeOrder = ({ times, fault, ...order }: FaultOrder): string => {
  const written: WrittenOrder = {
    ...order,
    ...(times === undefined ? {} : { times: times === Infinity ? "always" : times }),
    fault: fault.kind === "wrong_version" ? { kind: fault.kind, current: fault.current?.toString() ?? null } : fault,
  }
  return JSON.stringify(written)
}

/** @throws when the text is no order for any hook there is */
export const readOrder = (text: string): FaultOrder => {
  const { times, fault, ...order } = JSON.parse(text) as WrittenOrder
  if (!nodeMethods.includes(order.method)) throw new Error(`no method ${order.method}: ${nodeMethods.join(", ")}`)
  if (!faultKinds.includes(fault.kind)) throw new Error(`no hook ${fault.kind}: ${faultKinds.join(", ")}`)
  return {
    ...order,
    ...(times === undefined ? {} : { times: times === "always" ? Infinity : times }),
    fault:
      fault.kind === "wrong_version"
        ? { kind: fault.kind, current: fault.current === null ? null : BigInt(fault.current) }
        : fault,
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = ""
  for await (const chunk of request) text += String(chunk)
  return text
}

export const openControl = async (node: TestNode, port = 0): Promise<Control> => {
  const act = async (request: IncomingMessage): Promise<unknown> => {
    switch (`${request.method} ${request.url}`) {
      case "POST /faults":
        return node.faults.order(readOrder(await bodyOf(request)))
      case "DELETE /faults":
        return node.faults.clear()
      case "GET /faults":
        return node.faults.struck()
      case "POST /die":
        return node.die()
      case "POST /restart":
        return node.restart()
      default:
        throw new Error(`nothing at ${request.method} ${request.url}`)
    }
  }
  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { "content-type": "application/json" })
    response.end(JSON.stringify(body ?? null))
  }
  const server = createServer((request, response) => {
    act(request).then(
      (body) => answer(response, 200, body),
      (error: unknown) => answer(response, 400, { error: String(error) }),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
