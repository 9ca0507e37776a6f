/** `GET /parameters`: which number of the law held for a place and time, as the ledger knew it then, and the event that published it. */
import { parameterConfidences, parameterUnits, type ParameterValue } from "@tongzhang/domain/policy"
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import { openPolicyLog } from "@tongzhang/event-store/policy-log"
import type { EventStore } from "@tongzhang/event-store/port"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { type KnownParameters, parametersKnown } from "@tongzhang/law/parameters/known"
import { type Parameter, parameterFamilies, type ParameterQuestion } from "@tongzhang/law/parameters/parameter"
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import { knownAtText, knownOf } from "./moments.js"

const value: z.ZodType<ParameterValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number(), z.boolean()])),
])

const event = z.object({
  id: z.string(),
  stream: z.string(),
  revision: z.number(),
  position: z.string(),
  recordedAt: z.iso.datetime(),
})

const answer = z.object({
  id: z.string(),
  family: z.string(),
  province: z.string().nullable(),
  region: z.string().nullable(),
  key: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  value,
  unit: z.enum(parameterUnits),
  document: z.string().nullable(),
  source: z.string(),
  confidence: z.enum(parameterConfidences),
  note: z.string().optional(),
  origin: z.enum(["ledger", "built-in"]).describe("Published in this ledger, or known to the program alone"),
  event: event.nullable().describe("Null for a built-in one"),
})

const query = z.object({
  family: z.enum(parameterFamilies),
  province: z.string().max(2).default("CN").describe("Two-digit code, or CN for the nation's own"),
  region: z.string().max(40).optional(),
  key: z.string().max(60).optional(),
  on: z
    .string()
    .regex(/^\d{4}(-\d\d(-\d\d)?)?$/u)
    .optional()
    .describe("Year, month or day; left out: every one of the place"),
  knownAt: knownAtText.optional(),
  builtIn: z
    .enum(["true", "false"])
    .default("true")
    .transform((text) => text === "true")
    .describe("False: only what has been published"),
})

const placeOf = (text: string): ProvinceCode | null => {
  if (text === "CN") return null
  if (isProvince(text)) return text
  throw problem({
    status: 400,
    rule: "PROVINCE_UNKNOWN",
    field: "province",
    hint_zh: "请填写两位省级代码，全国性参数填 CN",
    hint_en: "Write a two-digit province code, or CN for the nation's own",
  })
}

const shown = (parameter: Parameter, known: KnownParameters | null): z.infer<typeof answer> => {
  const fact = known?.factOf(parameter.id) ?? null
  return {
    ...parameter,
    origin: known === null ? "built-in" : "ledger",
    event:
      fact === null
        ? null
        : {
            id: fact.eventId,
            stream: fact.stream,
            revision: fact.revision,
            position: fact.position,
            recordedAt: new Date(fact.recordedAt).toISOString(),
          },
  }
}

export const addParameterRoutes = (server: Server, store: EventStore): void => {
  const log = openPolicyLog(store)
  server.get(
    "/parameters",
    {
      schema: {
        tags: ["law"],
        summary: "Parameters of the law: limits, wages, rates …, as known at a moment",
        description:
          "What the ledger was told comes first; what only the program knows says so. No answer means nobody published one.",
        querystring: query,
        response: { 200: z.object({ parameters: z.array(answer) }) },
      },
    },
    async (request) => {
      requireCaller(request)
      const { family, region, key, on, knownAt, builtIn } = request.query
      const province = placeOf(request.query.province)
      const moment = knownAt === undefined ? null : knownOf(knownAt)
      const until = moment === null ? {} : "knownAt" in moment ? { at: moment.knownAt } : { position: moment.upTo }
      const known = parametersKnown(await log.read(), until)
      if (on !== undefined) {
        const question: ParameterQuestion = { family, province, on, ...(region && { region }), ...(key && { key }) }
        const found = known.find(question)
        if (found !== null) return { parameters: [shown(found, known)] }
        const other = builtIn ? builtInParameters.find(question) : null
        return { parameters: other === null ? [] : [shown(other, null)] }
      }
      const fits = (one: Parameter): boolean =>
        one.family === family &&
        one.province === province &&
        (region === undefined || one.region === region) &&
        (key === undefined || one.key === key)
      const told = known.all.filter(fits)
      const ids = new Set(told.map(({ id }) => id))
      const untold = builtIn ? builtInParameters.all.filter((one) => fits(one) && !ids.has(one.id)) : []
      return { parameters: [...told.map((one) => shown(one, known)), ...untold.map((one) => shown(one, null))] }
    },
  )
}
