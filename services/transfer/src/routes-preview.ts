/** `GET /preview`: what an application would move and what would refuse it, for the page that asks for the one confirmation. */
import type { AccessLog } from "@tongzhang/engines/access-log"
import { personKey, province } from "@tongzhang/contracts/primitives"
import type { PersonKey } from "@tongzhang/domain/ids"
import { requireCaller, requirePersonAccess, requireProvince } from "@tongzhang/service-kit/auth"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { dateInChina } from "./dates.js"
import { type Preview, type Previews, refusalView } from "./preview.js"
import { refuse } from "./refusals.js"
import { placeOf } from "./view.js"

const place = z.object({ code: z.string(), zh: z.string(), en: z.string() })
const range = z.object({ from: z.string(), to: z.string() })
const response = z.object({
  person: z.string(),
  scheme: z.string(),
  proposed: place.extend({ why: z.object({ zh: z.string(), en: z.string() }), article: z.string() }).nullable(),
  to: place.nullable(),
  choices: z.array(place),
  refusals: z
    .array(z.object({ rule: z.string(), hint_zh: z.string(), hint_en: z.string(), article: z.string().nullable() }))
    .describe("empty: an application would be taken"),
  running: z.string().nullable(),
  legs: z.array(
    z.object({
      from: place,
      temporary: z.boolean(),
      months: z.array(range),
      months_total: z.int(),
      account_fen: z.int(),
      pooled_fen: z.int(),
    }),
  ),
  stays: z.array(z.object({ province: place, zh: z.string(), en: z.string() })),
  months_total: z.int(),
  amount_fen: z.int(),
  overlapping: z.int().describe("months that two places hold: moved first, cleared after"),
  placeOfReceipt: z.object({ province: place, rule: z.string() }).nullable(),
  latest: z.object({ letter: z.string(), statement: z.string(), booked: z.string() }),
})

const view = (person: PersonKey, scheme: string, found: Preview): z.infer<typeof response> => ({
  person,
  scheme,
  proposed:
    found.proposed === null
      ? null
      : {
          ...placeOf(found.proposed.province),
          why: { zh: found.proposed.zh, en: found.proposed.en },
          article: found.proposed.article,
        },
  to: found.to === null ? null : placeOf(found.to),
  choices: found.choices.map(placeOf),
  refusals: found.refusals.map(refusalView),
  running: found.running,
  legs: found.legs.map((leg) => ({ ...leg, from: placeOf(leg.from), months: [...leg.months] })),
  stays: found.stays.map((one) => ({ province: placeOf(one.province), zh: one.zh, en: one.en })),
  months_total: found.months_total,
  amount_fen: found.legs.reduce((sum, leg) => sum + leg.account_fen + leg.pooled_fen, 0),
  overlapping: found.overlapping,
  placeOfReceipt:
    found.placeOfReceipt === null ? null : { province: placeOf(found.placeOfReceipt.province), rule: found.placeOfReceipt.rule },
  latest: found.latest,
})

export const addPreviewRoutes = (
  server: Server,
  deps: { readonly previews: Previews; readonly clock: Clock; readonly logAccess: AccessLog["append"] },
): void => {
  const { previews, clock, logAccess } = deps
  server.get(
    "/preview",
    {
      schema: {
        summary: "What an application would move, and what would refuse it; nothing is written",
        description: "For the person; for the agency of the receiving province and the center with `person`.",
        querystring: z.object({
          to: province.optional().describe("转入地; the place proposed when left out"),
          scheme: z.enum(["110", "120"]).default("110"),
          person: personKey.optional().describe("a person may leave it out"),
        }),
        response: { 200: response },
      },
    },
    async (request) => {
      const caller = requireCaller(request, "person", "agency", "center")
      const { to = null, scheme } = request.query
      if (caller.kind === "agency") requireProvince(request, to ?? "")
      const person = request.query.person ?? (caller.kind === "person" ? caller.person : null)
      if (person === null) throw refuse({ code: "PERSON_OR_ID_MISSING" })
      requirePersonAccess(request, person)
      const now = clock.now()
      const found = await previews({ person, scheme, to, on: dateInChina(now) })
      const purpose = caller.kind === "person" ? "self" : "transfer"
      await logAccess({ person, caller, purpose, what: "transfer preview", at: now })
      return view(person, scheme, found)
    },
  )
}
