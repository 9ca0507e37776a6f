/** Two views of one person compared, along what was known and along what was valid; every change with the facts behind it. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import { deedOf } from "@tongzhang/contracts/deed"
import type { Metadata } from "@tongzhang/contracts/envelope"
import { personKey, yearMonth } from "@tongzhang/contracts/primitives"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { note, readerOf } from "./access.js"
import { differenceSchema, differencesBetween } from "./diff.js"
import { knownAtText, knownOf } from "./moments.js"
import { type AsOf, personAtBoth, unknownPerson, viewOf } from "./people.js"
import type { PersonRouteDeps } from "./person-routes.js"

const words = z.object({ zh: z.string(), en: z.string() })
const event = z.object({
  id: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.int(),
  position: z.string(),
  recordedAt: z.iso.datetime(),
  who: words,
  what: words,
  why: words,
  rule: z.string().nullable(),
  words: words.describe("who changed what, when, why, under which rule"),
})
const query = z.object({
  knownAt: knownAtText.optional().describe("first view: as known then; left out: now"),
  and: knownAtText.optional().describe("second view: as known then; left out: now"),
  validAt: yearMonth.optional().describe("first view: as valid in this month; left out: everything"),
  andValidAt: yearMonth.optional().describe("second view: as valid in this month; left out: everything"),
})
const response = z.object({
  person: z.string(),
  knownAt: z.string().nullable(),
  and: z.string().nullable(),
  validAt: z.string().nullable(),
  andValidAt: z.string().nullable(),
  changes: z.array(differenceSchema),
  events: z.array(event).describe("facts that one view knows and the other does not"),
  words: words.describe("the comparison in one paragraph"),
})

const metadataOf = (record: RecordedEvent): Metadata | null => {
  try {
    return decodeMetadata(record.metadata)
  } catch {
    return null
  }
}

const told = (record: RecordedEvent): z.infer<typeof event>[] => {
  const { id, type, stream, revision, position, recordedAt } = record
  const decoded = decodeEvent(record)
  if (!decoded.ok) return []
  const { who, what, why, rule, words: sentence, when } = deedOf(decoded.event, metadataOf(record), recordedAt)
  return [{ id, type, stream, revision, position, recordedAt: when, who, what, why, rule, words: sentence }]
}

const sideName = (known: string | undefined, valid: string | undefined): z.infer<typeof words> => ({
  zh: `${known === undefined ? "目前所知" : `${known} 所知`}、${valid === undefined ? "全部月份" : `截至 ${valid}`}`,
  en: `known ${known ?? "now"}, ${valid === undefined ? "all months" : `valid at ${valid}`}`,
})

const asOf = (known: string | undefined, validAt: AsOf["validAt"]): AsOf => ({
  known: known === undefined ? null : knownOf(known),
  validAt,
})

/** `GET /persons/:key/diff` */
export const addDiff = (server: Server, deps: PersonRouteDeps): void => {
  server.get(
    "/persons/:key/diff",
    {
      schema: {
        tags: ["person"],
        summary: "What differs between two views, in words: who changed what, when, why, under which rule",
        params: z.object({ key: personKey }),
        querystring: query,
        response: { 200: response },
      },
    },
    async (request) => {
      const { key } = request.params
      const { knownAt, and, validAt, andValidAt } = request.query
      const reader = readerOf(request, key)
      const [a, b] = [asOf(knownAt, validAt), asOf(and, andValidAt)]
      const both = await personAtBoth(deps, key, a, b)
      if (both === null) throw unknownPerson()
      await note(deps.access, deps.clock, reader, key, "diff")
      const changes = differencesBetween(await viewOf(deps, both.before.state, a), await viewOf(deps, both.after.state, b))
      const events = both.between.flatMap(told)
      const [one, two] = [sideName(knownAt, validAt), sideName(and, andValidAt)]
      return {
        person: key,
        knownAt: knownAt ?? null,
        and: and ?? null,
        validAt: validAt ?? null,
        andValidAt: andValidAt ?? null,
        changes,
        events,
        words: {
          zh: `从“${one.zh}”到“${two.zh}”：${changes.length} 处不同，${events.length} 个事件。${changes.map((change) => change.zh).join("；")}`,
          en: `From "${one.en}" to "${two.en}": ${changes.length} differences, ${events.length} facts. ${changes.map((change) => change.en).join("; ")}`,
        },
      }
    },
  )
}
