/** One person: every number of the record and of a transfer plan explained, every question answered, all of it derived again by the checker. */
import { checkExplanation, type Problem } from "@tongzhang/explanation-checker/check"
import type { ExplanationDocument as Checked } from "@tongzhang/explanation-checker/document"
import { type Evidence, evidenceOf as evidenceFrom, type Law, lawOf } from "@tongzhang/explanation-checker/evidence"
import { addMonths, month, type YearMonth } from "@tongzhang/domain/month"
import { ofRanges, size } from "@tongzhang/domain/month-set"
import { documentOf, type ExplanationDocument } from "@tongzhang/entitlement/document"
import { type Asked, explain } from "@tongzhang/entitlement/explain"
import { evidenceOf, factsFrom, type Facts, isUnreadable } from "@tongzhang/entitlement/facts"
import { previewOverlap } from "@tongzhang/entitlement/overlap-preview"
import { simulate } from "@tongzhang/entitlement/simulate/simulate"
import { parseQuestion } from "@tongzhang/entitlement/question"
import { numbersIn } from "@tongzhang/entitlement/testing/numbers"
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import type { NationPerson } from "@tongzhang/nation/person"
import { replayRecords } from "@tongzhang/record/replay"
import { replayValid } from "@tongzhang/record/valid"
import { unifiedRecord } from "@tongzhang/record/view"
import { employeeRelations, type Ledger, ledgerOf } from "./people.js"
import { applied, overlapStory, planFor, transferStory } from "./story.js"

export type Tally = {
  persons: number
  events: number
  numbers: number
  steps: number
  /** Question -> how many were answered; reason -> how many had no answer. */
  readonly answered: Map<string, number>
  readonly refused: Map<string, number>
  changed: number
  readonly wrong: string[]
  readonly onWrong?: ((what: string) => void) | undefined
}
export const newTally = (onWrong?: (what: string) => void): Tally => ({
  onWrong,
  persons: 0,
  events: 0,
  numbers: 0,
  steps: 0,
  answered: new Map(),
  refused: new Map(),
  changed: 0,
  wrong: [],
})

const count = (of: Map<string, number>, what: string): void => void of.set(what, (of.get(what) ?? 0) + 1)

/** What the program was built with, as a file would hold it: the checker reads JSON, nothing else. */
const plain = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T
const law: Law = lawOf(plain(catalogue()), plain(publishedParameters()))

type Looking = { readonly tally: Tally; readonly name: string; readonly facts: Facts; readonly evidence: Evidence }

const say = ({ tally, name }: Looking, what: string): void => {
  if (tally.wrong.length < 50) tally.wrong.push(`${name}: ${what}`)
  tally.onWrong?.(`${name}: ${what}`)
}

const report = (looking: Looking, what: string, problems: readonly Problem[]): void => {
  for (const { path, rule, what: wrong, stated, derived } of problems.slice(0, 3))
    say(looking, `${what}: ${path} (${rule ?? ""}) ${wrong}: stated ${stated}, derived ${derived}`)
}

const check = (looking: Looking, document: ExplanationDocument): readonly Problem[] =>
  checkExplanation(document as unknown as Checked, looking.evidence)

type Json = { [name: string]: Json } | Json[] | string | number | boolean | null

/** Places of a tree that hold a text, number or flag, in the order they are written. */
const placesIn = (json: Json, path: readonly string[], found: (readonly string[])[]): void => {
  if (typeof json === "object" && json !== null)
    for (const [name, part] of Object.entries(json)) placesIn(part, [...path, name], found)
  else if (json !== null) found.push(path)
}
const changeAt = (json: Json, path: readonly string[]): Json => {
  const [name, ...rest] = path
  if (name === undefined) return typeof json === "number" ? json + 1 : typeof json === "string" ? `${json}0` : json !== true
  const copy = (Array.isArray(json) ? [...json] : { ...(json as object) }) as { [name: string]: Json }
  copy[name] = changeAt(copy[name] ?? null, rest)
  return copy
}

/** One place of one answer changed, another one for every person: it has to be found. */
const expectChangeFound = (looking: Looking, document: ExplanationDocument, pick: number): void => {
  const all = Object.entries(document.answers)
  const [name, answer] = all[pick % all.length] ?? []
  if (name === undefined || answer === undefined) return
  const places: (readonly string[])[] = []
  placesIn(answer as unknown as Json, [], places)
  const place = places[(pick * 7_919) % places.length]
  if (place === undefined) return
  const changed = changeAt(answer as unknown as Json, place) as unknown as typeof answer
  looking.tally.changed++
  if (check(looking, { ...document, answers: { [name]: changed } }).length === 0)
    say(looking, `a change of ${name} at ${place.join(".")} was not found`)
}

const expectRecordExplained = (looking: Looking, document: ExplanationDocument, view: object): void => {
  const numbers = numbersIn(view)
  looking.tally.numbers += numbers.size
  for (const [path, value] of numbers) {
    const answer = document.answers[path]
    if (answer === undefined) say(looking, `${path} = ${value} has no explanation`)
    else if (answer.value !== value) say(looking, `${path} is ${value}, explained as ${String(answer.value)}`)
  }
  for (const path of Object.keys(document.answers)) if (!numbers.has(path)) say(looking, `${path} is no number of the record`)
}

/** The plan that the transfer service makes, number by number. */
const expectPlanExplained = (looking: Looking, ledger: Ledger, to: string, document: ExplanationDocument): void => {
  const plan = planFor(ledger, to as never)
  const wanted = new Map<string, unknown>([
    ["placeOfReceipt.province", plan.placeOfReceipt.province],
    ["deadlines.letter", plan.letterDue],
    ["months", plan.legs.reduce((sum, leg) => sum + size(ofRanges(leg.months)), 0)],
    ["total_fen", plan.legs.reduce((sum, leg) => sum + leg.account_fen + leg.pooled_fen, 0)],
  ])
  for (const leg of plan.legs) {
    wanted.set(`legs.${leg.from}.months`, size(ofRanges(leg.months)))
    wanted.set(`legs.${leg.from}.account_fen`, leg.account_fen)
    wanted.set(`legs.${leg.from}.pooled_fen`, leg.pooled_fen)
    wanted.set(`legs.${leg.from}.bases_fen`, leg.bases_fen)
  }
  looking.tally.numbers += wanted.size
  for (const [path, value] of wanted) {
    const answer = document.answers[path]?.value
    if (answer !== value) say(looking, `transfer to ${to}: ${path} is ${String(value)}, explained as ${String(answer)}`)
  }
  const legs = Object.keys(document.answers).filter((path) => path.startsWith("legs.") && path.endsWith(".months"))
  if (legs.length !== plan.legs.length)
    say(looking, `transfer to ${to}: ${legs.length} legs explained, ${plan.legs.length} planned`)
}

const stepsIn = (document: ExplanationDocument): number => {
  const seen = new Set<object>()
  const visit = (one: unknown): void => {
    if (typeof one !== "object" || one === null || seen.has(one) || !("operands" in one)) return
    seen.add(one)
    for (const found of Object.values(one.operands as object))
      for (const part of Array.isArray(found) ? found : [found]) visit(part)
  }
  Object.values(document.answers).forEach(visit)
  return seen.size
}

type Asking = Omit<Asked, "question" | "text">

const ask = (looking: Looking, asking: Asking, text: string): ExplanationDocument | null => {
  const question = parseQuestion(text)
  if (question === null) throw new Error(`no question ${text}`)
  const document = explain({ ...asking, question, text })
  const kind = text.split(":")[0] ?? text
  if ("refused" in document) {
    count(looking.tally.refused, `${kind}: ${document.refused}`)
    return null
  }
  count(looking.tally.answered, kind)
  looking.tally.steps += stepsIn(document)
  report(looking, text, check(looking, document))
  return document
}

/** Futures of one person in ten, and each case of overlap from both sides. */
const futures = (looking: Looking, asking: Asking, index: number, cases: readonly string[]): void => {
  const { facts, parameters, ruleDate, post } = asking
  const question = { facts, parameters, ruleDate, ...(post === undefined ? {} : { post }) }
  for (const id of cases) {
    const preview = previewOverlap(question, id)
    if (preview === null) say(looking, `no preview of ${id}`)
    else {
      const named = { person: facts.person, question: "overlap-preview", ruleDate }
      count(looking.tally.answered, "overlap-preview")
      report(looking, `preview of ${id}`, check(looking, documentOf(named, preview.answers)))
    }
  }
  if (index % 10 !== 0) return
  const scenarios = [
    { name: "now" },
    { name: "ceiling", base: "ceiling" },
    { name: "move", move: { to: "31" } },
    { name: "stop", stop: "2030-01" as YearMonth },
    { name: "resident", channel: "resident" },
  ] as const
  const found = simulate({ ...question, scenarios })
  if ("refused" in found) return count(looking.tally.refused, `simulate: ${found.refused}`)
  count(looking.tally.answered, "simulate")
  looking.tally.steps += stepsIn(found.document)
  report(looking, "simulate", check(looking, found.document))
  if (Object.keys(found.document.answers).length > 0) expectChangeFound(looking, found.document, index + 3)
  const again = simulate({ ...question, scenarios })
  if ("refused" in again || again.id !== found.id) say(looking, "the same simulation has another id")
}

const questions = ["months", "account", "bases", "interest", "place", "retirement", "pension", "benefits"] as const

export const checkPerson = (person: NationPerson, tally: Tally): void => {
  const { index } = person
  const ledger = ledgerOf(person)
  const places = employeeRelations(ledger).map(({ province }) => province)
  const to = places.at(-1) ?? person.hukou
  overlapStory(ledger, index % 2 === 0)
  const before = ledger.records().length
  look(person, ledger, tally, to)
  if (places.length < 2) return
  transferStory(ledger, to, index % 3)
  if (ledger.records().length > before) look(person, ledger, tally, places[0] ?? to)
}

/** The record of one month, another one for every person, each number explained from the facts that hold then. */
const lookBack = ({ person, records }: Ledger, looking: Looking, asking: Asking, index: number): void => {
  const validAt = addMonths(month("1995-01"), (index * 7_919) % 380)
  const facts = factsFrom(person, records(), validAt)
  if (isUnreadable(facts)) throw new Error(facts.unreadable.cause)
  const view = unifiedRecord(replayValid(person, records(), validAt).state, { validAt })
  const then = {
    ...looking,
    name: `${looking.name} at ${validAt}`,
    evidence: evidenceFrom(law, plain(evidenceOf(facts)), validAt),
  }
  const record = ask(then, { ...asking, facts, view }, "record")
  if (record !== null) expectRecordExplained(then, record, view)
}

const look = ({ citizenId, index }: NationPerson, ledger: Ledger, tally: Tally, to: string): void => {
  const facts = factsFrom(ledger.person, ledger.records())
  if (isUnreadable(facts)) throw new Error(facts.unreadable.cause)
  const replayed = replayRecords(ledger.person, ledger.records())
  if (replayed.problem !== null) throw new Error(`${citizenId}: ${replayed.problem.cause}`)
  const view = unifiedRecord(replayed.state, { current: month("2026-10") })
  const evidence = evidenceFrom(law, plain(evidenceOf(facts)))
  const looking: Looking = { tally, name: `person ${index}`, facts, evidence }
  tally.persons++
  tally.events += ledger.records().length
  const asking: Asking = {
    facts,
    view,
    parameters: builtInParameters,
    ruleDate: applied,
    post: index % 3 === 0 ? "female55" : "female50",
  }
  const record = ask(looking, asking, "record")
  if (record !== null) {
    expectRecordExplained(looking, record, view)
    expectChangeFound(looking, record, index)
    // Now and then through a file, where nothing is shared any more.
    if (index % 50 === 0) report(looking, "record, as a file", check(looking, plain(record)))
  }
  lookBack(ledger, looking, asking, index)
  for (const text of questions) {
    // As if claiming now, for whom payout months are known; the others in their statutory month, mostly without a base yet.
    const grown = (view.person.birthMonth ?? "") < "1986"
    const early = text === "pension" && grown ? { retirement: "2026-10" as YearMonth } : {}
    const document = ask(looking, { ...asking, ...early }, text)
    if (document !== null && (text === "pension" || text === "place")) expectChangeFound(looking, document, index + 1)
  }
  futures(
    looking,
    asking,
    index,
    view.cases.overlaps.map((one) => one.case),
  )
  const transfer = ask(looking, asking, `transfer:${to}`)
  if (transfer !== null) {
    expectPlanExplained(looking, ledger, to, transfer)
    expectChangeFound(looking, transfer, index + 2)
  }
  for (const found of view.cases.overlaps) {
    const document = ask(looking, asking, `overlap:${found.case}`)
    // What was proposed is what clearing gives back, until it has been given.
    for (const { keep, refund_fen } of found.status === "open" ? found.options : []) {
      const explained = document?.answers[`keep.${keep}.refund_fen`]?.value
      if (explained !== refund_fen)
        say(looking, `${found.case}: refund ${refund_fen} of keeping ${keep} explained as ${String(explained)}`)
    }
  }
}
