/** Single commands: the same preparation and the same decisions as a row, through the aggregate store. */
import { createHash } from "node:crypto"
import type { Command } from "@tongzhang/contracts/commands"
import type { Actor } from "@tongzhang/contracts/envelope"
import { describeRefusal, type Refusal } from "@tongzhang/contracts/refusals"
import type { RowWarning } from "@tongzhang/contracts/refusals-intake"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Clock } from "@tongzhang/service-kit/clock"
import { problem } from "@tongzhang/service-kit/problem"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore } from "@tongzhang/event-store/port"
import { type Envelope, metadataWriter } from "./batch/encode.js"
import type { Engine } from "./batch/engine.js"
import { todayOf } from "./feeds/feeds.js"
import type { IntakeLimits } from "./limits.js"
import type { Policies } from "./policies/policies.js"
import { type Identities, prepare } from "./rows/prepare.js"

export type CommandAnswer = {
  readonly status: "accepted" | "accepted_with_warning" | "unchanged"
  readonly receiptNo: string
  readonly person: string
  readonly stream: StreamName
  /** Last revision of the stream after the command; -1 for a stream without events. */
  readonly revision: number
  /** Position of the stream's last event in the log; null when it has none. */
  readonly position: string | null
  readonly events: readonly { readonly id: string; readonly type: string; readonly revision: number }[]
  readonly warnings: readonly RowWarning[]
}

export type CommandDeps = {
  readonly store: EventStore
  readonly engine: Engine
  readonly identities: Identities
  readonly policies: Pick<Policies, "limitBook">
  readonly clock: Clock
  readonly limits: IntakeLimits
}

export type Sent = {
  readonly command: Command
  readonly province: ProvinceCode
  readonly actor: Actor
  readonly correlationId: string
}

/** A refusal thrown as the answer of a request. */
export const refusalProblem = (refusal: Refusal | RowWarning) => {
  const { status, rule, field, hint_zh, hint_en, article } = describeRefusal(refusal)
  return problem({
    status,
    rule,
    hint_zh,
    hint_en,
    ...(field === undefined ? {} : { field }),
    ...(article === undefined ? {} : { article }),
  })
}

const receiptOf = (province: ProvinceCode, commandId: string): string =>
  `C${province}${createHash("sha256").update(commandId).digest("hex").slice(0, 12).toUpperCase()}`

/** Runs one command; throws a problem when it is refused. Sent again it answers `unchanged` with the same receipt number. */
export const runCommand = async (
  deps: CommandDeps,
  { command, province, actor, correlationId }: Sent,
): Promise<CommandAnswer> => {
  const { store, engine, identities, policies, clock, limits } = deps
  const limitBook = await policies.limitBook(province)
  const ready = prepare(command, { province, identities, today: todayOf(clock.now(), limits), limits, limitBook })
  if ("refusal" in ready) throw refusalProblem(ready.refusal)
  const { prepared } = ready
  const envelope: Envelope = { actor, channel: "api", correlationId, source: null, policy: limitBook.policy }
  const { settled } = await engine.begin([{ row: 1, prepared }], metadataWriter(envelope))
  const result = (await settled).of(1)
  if (result === null) throw new Error("a command without an outcome")
  const { outcome } = result
  if (outcome.status === "refused") throw refusalProblem(outcome.refusal)
  const tail = await store.readStream(prepared.stream, { direction: "backwards", max: Math.max(result.events, 1) })
  const last = tail[0]
  // A registration that came along stands in the person's own stream and is not repeated here.
  const written = tail
    .slice(0, result.events)
    .filter((event) => isOf(event.metadata, prepared.commandId))
    .reverse()
  return {
    status: outcome.status,
    receiptNo: receiptOf(province, prepared.commandId),
    person: prepared.person,
    stream: prepared.stream,
    revision: last?.revision ?? -1,
    position: last?.position ?? null,
    events: written.map(({ id, type, revision }) => ({ id, type, revision })),
    warnings: outcome.status === "accepted_with_warning" ? outcome.warnings : [],
  }
}

const isOf = (metadata: Uint8Array, commandId: string): boolean =>
  (JSON.parse(Buffer.from(metadata).toString("utf8")) as { commandId?: string }).commandId === commandId
