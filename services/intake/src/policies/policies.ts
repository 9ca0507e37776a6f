/**
 * Parameters at the door: the center publishes them as facts, the checks of rows read them. What cannot be (a floor above its ceiling, yuan for
 * fen) is refused here; what contradicts a published one is refused by the aggregate.
 */
import { createHash } from "node:crypto"
import type { Actor, Metadata } from "@tongzhang/contracts/envelope"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Decision } from "@tongzhang/domain/decider"
import * as policy from "@tongzhang/domain/policy"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openPolicyLog } from "@tongzhang/event-store/policy-log"
import type { EventStore } from "@tongzhang/event-store/port"
import { lawVersion } from "@tongzhang/law/citation"
import { type KnownParameters, parametersKnown, toPublish } from "@tongzhang/law/parameters/known"
import { lintParameters } from "@tongzhang/law/parameters/lint"
import type { Parameter } from "@tongzhang/law/parameters/parameter"
import type { Clock } from "@tongzhang/service-kit/clock"
import { isLeft } from "fp-ts/lib/Either.js"
import { refusalProblem } from "../commands.js"
import { type LimitBook, limitBookOf } from "./limit-book.js"

export type Publication = { readonly actor: Actor; readonly channel: "api" | "process"; readonly correlationId: string }

export type Published = { readonly published: number; readonly unchanged: number; readonly streams: readonly string[] }

export type Policies = {
  /** All or none of each place; throws a problem that says which and why. Published again they add nothing. */
  readonly publish: (parameters: readonly Parameter[], by: Publication) => Promise<Published>
  /** Takes back a wrong one; throws PARAMETER_UNKNOWN (404). False: it was withdrawn already. */
  readonly withdraw: (province: ProvinceCode | null, id: string, reason: string, by: Publication) => Promise<boolean>
  /** Everything published as of now. */
  readonly known: () => Promise<KnownParameters>
  /** For the rows of a province; read anew at most once in `fresh_ms`. */
  readonly limitBook: (province: ProvinceCode) => Promise<LimitBook>
}

/** How late a row may hear of limits that another instance of this door has taken in. */
const fresh_ms = 1_000

const commandIdOf = (stream: string, content: unknown, correlationId: string): string =>
  `policy:${createHash("sha256").update(stream).update(JSON.stringify(content)).digest("hex").slice(0, 32)}:${correlationId.slice(0, 100)}`

export type PolicyDeps = { readonly store: EventStore; readonly aggregates: AggregateStore; readonly clock: Clock }

export const createPolicies = ({ store, aggregates, clock }: PolicyDeps): Policies => {
  const log = openPolicyLog(store)
  const books = new Map<ProvinceCode, { readonly book: LimitBook; readonly at: number; readonly facts: number }>()

  const execute = async (
    province: ProvinceCode | null,
    decide: (state: policy.Policy) => Decision<policy.PolicyRefusal, policy.PolicyEvent>,
    content: unknown,
    { actor, channel, correlationId }: Publication,
  ): Promise<number> => {
    const stream = policy.streamOf(province)
    const metadata: Metadata = {
      actor,
      channel,
      purpose: "policy",
      commandId: commandIdOf(stream, content, correlationId),
      correlationId,
      ruleVersion: lawVersion,
    }
    const done = await aggregates.execute(policy, stream, decide, metadata)
    if (isLeft(done)) throw refusalProblem(done.left)
    if (province !== null) books.delete(province)
    return done.right.events.length
  }

  /** Looks at the new ones beside those of their places: a floor may be above a ceiling that is known already. */
  const checkSound = async (parameters: readonly Parameter[]): Promise<void> => {
    const known = parametersKnown(await log.read())
    const ids = new Set(parameters.map(({ id }) => id))
    const all = [...known.all.filter(({ id }) => !ids.has(id)), ...parameters]
    const wrong = lintParameters(all, { until: "", documents: null, coverage: [] }).find(
      // Contradictions are the aggregate's to refuse: it knows what stands at the moment of the append.
      (one) =>
        one.severity === "error" && one.kind !== "contradiction" && one.kind !== "id" && one.parameters.some((id) => ids.has(id)),
    )
    const misnamed = parameters.find(({ id, family, province }) => !id.startsWith(`${family}/${province ?? policy.national}/`))
    if (misnamed !== undefined)
      throw refusalProblem({
        code: "PARAMETER_UNSOUND",
        id: misnamed.id,
        problem: "编号与类别、地区不符 the id does not name its family and place",
      })
    if (wrong === undefined) return
    const id = wrong.parameters.find((one) => ids.has(one)) ?? ""
    throw refusalProblem({ code: "PARAMETER_UNSOUND", id, problem: `${wrong.text_zh} ${wrong.text_en}` })
  }

  const publish: Policies["publish"] = async (parameters, by) => {
    await checkSound(parameters)
    const places = new Map<ProvinceCode | null, policy.PublishedParameter[]>()
    for (const parameter of parameters)
      places.set(parameter.province, [...(places.get(parameter.province) ?? []), toPublish(parameter)])
    // Every place is decided before the first is written, so that a refusal leaves nothing half published.
    for (const [province, list] of places) {
      const { state } = await aggregates.load(policy, policy.streamOf(province))
      const decided = policy.publishParameters(list)(state)
      if (isLeft(decided)) throw refusalProblem(decided.left)
    }
    let published = 0
    for (const [province, list] of places) published += await execute(province, policy.publishParameters(list), list, by)
    return {
      published,
      unchanged: parameters.length - published,
      streams: [...places.keys()].map((province) => policy.streamOf(province)),
    }
  }

  return {
    publish,
    withdraw: async (province, id, reason, by) =>
      (await execute(province, policy.withdrawParameter(id, reason), { id, reason }, by)) > 0,
    known: async () => parametersKnown(await log.read()),
    limitBook: async (province) => {
      const before = books.get(province)
      if (before !== undefined && clock.now() - before.at < fresh_ms) return before.book
      const facts = await log.readPlace(province)
      const book = before?.facts === facts.length ? before.book : limitBookOf(province, facts)
      books.set(province, { book, at: clock.now(), facts: facts.length })
      return book
    },
  }
}
