/**
 * The demo's story in small, once per row of the fault table: a person whose three places become one (N 到 1), one who is insured
 * twice for three months, and others who only work and pay. Every chapter has people of its own, so that chapters told one after
 * the other on the same engines can each be compared with the same chapter told undisturbed.
 */
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import { addMonths, month, monthsOf, type YearMonth } from "@tongzhang/domain/month"
import { baseFor, monthlyPayment } from "@tongzhang/nation/amounts"
import { type Book, openBook, type Who } from "@tongzhang/nation/book"
import { type FeedFile, type Reported, writePersons } from "@tongzhang/nation/feeds"
import { fictionalId } from "@tongzhang/nation/ids"
import { ask, feed, type Place, personOf, type Transfer } from "../story.js"

export type Chapter = {
  readonly number: number
  readonly files: readonly FeedFile[]
  readonly persons: ReadonlySet<PersonKey>
  readonly mover: PersonKey
  readonly doubled: PersonKey
}

const to: ProvinceCode = "44"
const birthYears = [1985, 1988, 1990, 1992, 1994, 1996]
const whoOf = (chapter: number, index: number, hukou: ProvinceCode): Who => ({
  citizenId: fictionalId(chapter, `${birthYears[index]}0${index + 1}1${index}`, 20 + index, index % 2 === 0 ? "female" : "male"),
  name: `人${"甲乙丙丁戊己".charAt(index)}`,
  hukou,
})

const work = (book: Book, province: ProvinceCode, from: YearMonth, months: number, ends: boolean): void => {
  const relation = { province, scheme: "110" } as const
  const last = addMonths(from, months - 1)
  book.open(relation, from, "employee", `${province}-E-0001`)
  for (const at of monthsOf(from, last))
    book.pay(relation, at, at, monthlyPayment("110", "employee", province, at, at, baseFor(province, at, at, 130)))
  if (ends) book.close(relation, last, "离职")
}

type Job = readonly [province: ProvinceCode, from: string, months: number, ends: boolean]
const lives: readonly (readonly Job[])[] = [
  [
    ["32", "2022-01", 6, true],
    ["41", "2022-07", 6, true],
    [to, "2023-01", 6, false],
  ],
  [
    [to, "2022-01", 12, true],
    ["41", "2022-10", 6, false],
  ],
  [["32", "2023-01", 6, false]],
  [["41", "2023-01", 6, false]],
  [[to, "2023-01", 6, false]],
  [["32", "2023-07", 3, true]],
]

/** Writes the chapter's files, one per province. The same number gives the same people and the same bytes. */
export const layChapter = async (folder: string, number: number): Promise<Chapter> => {
  const people = lives.map((jobs, index): { readonly who: Who; readonly reported: Reported } => {
    const who = whoOf(number, index, jobs[0]?.[0] ?? to)
    const personNo = 5_000_000 + number * 10 + index
    const book = openBook(who, personNo)
    for (const [province, from, months, ends] of jobs) work(book, province, month(from), months, ends)
    const { citizenId } = who
    const reported = { index: personNo, citizenId, entries: book.entries(), duplicates: [], nearMisses: [], quiet: true } as const
    return { who, reported }
  })
  const { files } = await writePersons(
    people.map(({ reported }) => reported),
    number,
    join(folder, `chapter-${number}`),
    { period: "whole" },
  )
  const keys = people.map(({ who }) => personOf(who.citizenId))
  const [mover, doubled] = keys
  if (mover === undefined || doubled === undefined) throw new Error("a chapter has a mover and somebody insured twice")
  return { number, files, persons: new Set(keys), mover, doubled }
}

const patience_ms = 120_000

type View = Transfer & {
  readonly transferId: string
  readonly legs: readonly (Transfer["legs"][number] & {
    readonly from: { readonly code: string }
    readonly step: string | null
  })[]
}

const waitFor = async (view: () => Promise<View>, what: string, met: (found: View) => boolean): Promise<View> => {
  for (const giveUpAt = Date.now() + patience_ms; ;) {
    const found = await view()
    if (met(found)) return found
    if (Date.now() > giveUpAt) throw new Error(`${what}: not within ${patience_ms} ms: ${JSON.stringify(found)}`)
    await sleep(100)
  }
}

/** What the chapter came to, as its callers were told. */
export type Told = { readonly accepted: number; readonly state: string; readonly amount_fen: number; readonly transferId: string }

/** Sends the files, applies, does every agency's part. Whatever is not answered is sent again. */
export const tellChapter = async (place: Place, chapter: Chapter): Promise<Told> => {
  let accepted = 0
  for (const file of chapter.files) accepted += await feed(place, file)
  const person = chapter.mover
  const application = { person, to, commandId: `chapter-${chapter.number}` }
  const { transferId } = await ask<View>(place, `person:${person}`, "POST", "/transfer/applications", application, "self")
  const view = (): Promise<View> => ask(place, "center", "GET", `/transfer/${transferId}`, undefined, "transfer")
  const planned = await waitFor(view, "planned", ({ legs }) => legs.length > 0)
  for (const [i, { from, planned: part }] of planned.legs.entries()) {
    const at = `/transfer/${transferId}/legs/${from.code}`
    const waitsFor = (step: string) => waitFor(view, `leg ${from.code} at ${step}`, ({ legs }) => legs[i]?.step === step)
    await waitsFor("statement")
    await ask(place, `agency:${from.code}`, "POST", `${at}/statement`, {}, "transfer")
    await waitsFor("money")
    const { account_fen, pooled_fen } = part
    await ask(place, `agency:${to}`, "POST", `${at}/money`, { remittance: `HK-${i}`, account_fen, pooled_fen }, "transfer")
  }
  const { state, amount_fen } = await waitFor(view, "completed", (found) => found.state === "completed")
  return { accepted, state, amount_fen, transferId }
}
