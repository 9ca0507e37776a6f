/**
 * The demo's chapters after the files, told over HTTP to any ledger: duplicates against the labels, the second pension, two
 * applications from four provinces, decisions with their refunds. What comes out is compared, not the way there.
 */
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import { createPersonKeys } from "@tongzhang/identity/person-key"
import { type ExpectedCase, mover, moverWithOverlap, pensioner, pensionerCase, rider, riderCases } from "@tongzhang/nation/rider"
import type { Queries } from "@tongzhang/record/queries"
import { holdingOf } from "@tongzhang/standalone/demo/conservation"
import { compareWithTruth, type Detection } from "@tongzhang/standalone/demo/detection"
import type { CaseView } from "@tongzhang/standalone/demo/overlap-story"
import { actsOfPerson } from "@tongzhang/standalone/demo/transfer-story"
import type { Plan } from "../e2e/support.js"
import { ask, feedWhole, type Fed, type Place, personOf, secrets, transfer } from "./story.js"

/** How a test looks at what came out: the record, and the facts themselves. */
export type Eyes = { readonly queries: Queries; readonly aggregates: AggregateStore; readonly store: EventStore }

export const feedAll = async (place: Place, { files }: Plan): Promise<Fed> => {
  let fed: Fed = { booked: 0, refused: 0 }
  for (const file of files) {
    const { booked, refused } = await feedWhole(place, file)
    fed = { booked: fed.booked + booked, refused: fed.refused + refused }
  }
  return fed
}

type Moved = {
  readonly state: string
  readonly legs: number
  readonly amount_fen: number
  /** Months, account and bases over all provinces, before and after: the same. */
  readonly conserved: boolean
  readonly personActs: number
}
type Decided = {
  readonly case: string
  readonly status: string
  readonly keep: string | null
  readonly refund_fen: number | null
}
export type Chapters = {
  readonly detection: Detection
  readonly secondPension: string
  readonly moved: readonly Moved[]
  readonly decided: readonly Decided[]
  readonly digest: string
  readonly persons: number
}

const move = async (place: Place, { aggregates, store }: Eyes, story: typeof mover, serial: string): Promise<Moved> => {
  const person = personOf(story.who.citizenId)
  const before = await holdingOf(aggregates, person)
  const { transferId, state, legs, amount_fen } = await transfer(place, story, serial)
  const after = await holdingOf(aggregates, person)
  const conserved =
    before.months === after.months && before.account_fen === after.account_fen && before.bases_fen === after.bases_fen
  return { state, legs: legs.length, amount_fen, conserved, personActs: await actsOfPerson(store, transferId) }
}

const pathOf = (citizenId: string, family: string, { case: id }: ExpectedCase): string =>
  `/duplicates/cases/${personOf(citizenId)}/${family}/${encodeURIComponent(id)}`

/** The agency keeps the recommended side, or the first. @throws when the refund is not the labelled one */
const decide = async (place: Place, citizenId: string, expected: ExpectedCase): Promise<Decided> => {
  const path = pathOf(citizenId, "pension", expected)
  const view = (): Promise<CaseView> => ask(place, "center", "GET", path, undefined, "duplicate-check")
  const open = await view()
  const option = open.options.find(({ keep }) => keep === open.recommended) ?? open.options[0]
  if (option === undefined) throw new Error(`${expected.case} has no options`)
  const body = { keep: option.keep, reason: "与本人协商一致" }
  const sent = ask(place, `agency:${option.keep.slice(0, 2)}`, "POST", `${path}/decision`, body, "duplicate-check")
  // Sent again after a cut, it may be refused because the first one was taken.
  await sent.catch(async (refused: unknown) => {
    if ((await view()).status === "open") throw refused
  })
  await place.settled()
  const labelled = expected.refundIfDropped_fen[option.drop]
  if (labelled !== undefined && labelled !== option.refund_fen)
    throw new Error(`${expected.case}: refund ${option.refund_fen} fen, labelled ${labelled}`)
  const { status, keep } = await view()
  return { case: expected.case, status, keep, refund_fen: option.refund_fen }
}

export const tellChapters = async (place: Place, plan: Plan, eyes: Eyes): Promise<Chapters> => {
  await place.settled()
  const personKeys = createPersonKeys(secrets.identity)
  const detection = await compareWithTruth({ ...eyes, personKeys }, plan.labels)
  const held = pathOf(pensioner.citizenId, "benefit", pensionerCase)
  const { status: secondPension } = await ask<CaseView>(place, "center", "GET", held, undefined, "duplicate-check")
  const moved = [await move(place, eyes, mover, "1"), await move(place, eyes, moverWithOverlap, "2")]
  const decided: Decided[] = []
  for (const expected of riderCases) decided.push(await decide(place, rider.citizenId, expected))
  for (const expected of moverWithOverlap.cases) decided.push(await decide(place, moverWithOverlap.who.citizenId, expected))
  await place.settled()
  const { digest, persons } = await eyes.queries.digest()
  return { detection, secondPension, moved, decided, digest, persons }
}
