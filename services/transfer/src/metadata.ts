/** Who did it and why, for the events this service appends. Command ids are made of the step's name: a step run again is the same events. */
import type { Actor, Metadata } from "@tongzhang/contracts/envelope"
import type { TransferId } from "@tongzhang/domain/ids"
import { lawVersion } from "@tongzhang/law/citation"
import type { Caller } from "@tongzhang/service-kit/caller"

const purpose = "transfer"

/** For steps the process takes by itself. `step` is unique within the application, e.g. `book:31`. */
export const processMetadata = (id: TransferId, step: string): Metadata => ({
  actor: { kind: "system", id: "transfer" },
  channel: "process",
  purpose,
  commandId: `transfer:${id}:${step}`,
  correlationId: id,
  ruleVersion: lawVersion,
})

const actorOf = (caller: Caller): Actor =>
  caller.kind === "agency"
    ? { kind: "agency", id: caller.id.slice(0, 64), province: caller.province }
    : { kind: caller.kind, id: caller.id.slice(0, 64) }

/** For steps somebody asked for. */
export const callerMetadata = (id: TransferId, step: string, caller: Caller): Metadata => ({
  ...processMetadata(id, step),
  actor: actorOf(caller),
  channel: "api",
})
