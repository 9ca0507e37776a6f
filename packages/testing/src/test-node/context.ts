/** What every handler of the node works with. */
import type { EventEmitter } from "node:events"
import { type ServiceError, status } from "@grpc/grpc-js"
import { failure, missingProperty, notLeader } from "./codec.js"
import type { FailureCode, Fault, Faults } from "./faults.js"
import type { NodeLog } from "./log.js"
import type { ProposedEvent } from "./record.js"

export type NodeContext = {
  readonly log: NodeLog
  readonly faults: Faults
  readonly version: string
  /** Since 23.10. */
  readonly saysCaughtUp: boolean
  readonly maxAppend_bytes: number
  /** Set when this node is not the leader: calls with `requires-leader` are refused towards it. */
  readonly leader: () => { readonly address: string; readonly port: number } | null
  readonly die: () => void
  readonly endpoint: () => { readonly address: string; readonly port: number }
}

export const failureOf = (code: FailureCode): Partial<ServiceError> => failure(status[code], `${code} ordered by the test`)

/** The status a fault ends a call with; null for faults that are not a status. */
export const statusOfFault = (fault: Fault | null): Partial<ServiceError> | null => {
  if (fault?.kind === "fail") return failureOf(fault.code)
  if (fault?.kind === "not_leader") return notLeader(fault.leader)
  if (fault?.kind === "write_timeout") return failureOf("ABORTED")
  return null
}

/** Whether a fault lets the write happen before it spoils the answer. Late and double answers do; refusals never. */
export const writesDespite = (fault: Fault | null): boolean => {
  if (fault === null) return true
  if (fault.kind === "answer_late" || fault.kind === "answer_twice") return true
  return "written" in fault && (fault.written ?? false)
}

/** Answers when the log may be answered from, later when the fault says so, and otherwise fails the call. */
export const whenSettled = (
  node: NodeContext,
  fault: Fault | null,
  answer: () => void,
  fail: (error: Partial<ServiceError>) => void,
): void => {
  const run = (): void => {
    const settled = node.log.settled()
    if (settled === null) answer()
    else settled.then(answer, () => fail(failure(status.UNAVAILABLE, "the test node's journal broke")))
  }
  if (fault?.kind === "answer_late") setTimeout(run, fault.delay_ms)
  else run()
}

/** The first thing wrong with a proposed event, as a status. */
export const refuseProposed = (
  id: string | null,
  metadata: { readonly get: (key: string) => string | undefined },
): Partial<ServiceError> | null => {
  if (id === null) return failure(status.INVALID_ARGUMENT, "Empty or malformed event id")
  if (!metadata.get("type")) return missingProperty("type")
  if (!metadata.get("content-type")) return missingProperty("content-type")
  return null
}

/** Up to 24.6 only the data counts towards the limit. */
export const appendBytes = (events: readonly ProposedEvent[]): number => events.reduce((sum, { data }) => sum + data.length, 0)

type Outgoing<Message> = Pick<EventEmitter, "once" | "off"> & {
  readonly cancelled: boolean
  readonly destroyed: boolean
  readonly write: (message: Message) => boolean
}

/** Writes and waits while the client does not read; resolves false once the call is over. */
export const writeThrough = async <Message>(call: Outgoing<Message>, message: Message): Promise<boolean> => {
  if (call.cancelled || call.destroyed) return false
  if (call.write(message)) return true
  return new Promise<boolean>((resolve) => {
    const settle = (open: boolean) => (): void => {
      call.off("drain", onDrain)
      call.off("cancelled", onGone)
      call.off("close", onGone)
      resolve(open)
    }
    const onDrain = settle(true)
    const onGone = settle(false)
    call.once("drain", onDrain)
    call.once("cancelled", onGone)
    call.once("close", onGone)
  })
}
