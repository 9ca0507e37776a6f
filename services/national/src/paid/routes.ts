/** `GET /persons/{key}/paid`: payer by payer and month by month what arrived, what did not, and who should act. */
import { personKey } from "@tongzhang/contracts/primitives"
import { provinces, schemes } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import { monthOfDate } from "@tongzhang/domain/month"
import type { AccessLog } from "@tongzhang/engines/access-log"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { note, readerOf } from "../access.js"
import { freshnessOf } from "../freshness.js"
import { dateAt, lastFullMonth } from "../moments.js"
import { factsKnown, type PeopleDeps, personAt, unknownPerson } from "../people.js"
import { linesOf } from "./lines.js"
import { type Alert, alertsOf, type PaidMonth, paidOf, type Payer } from "./paid.js"

const words = z.object({ zh: z.string(), en: z.string() })
const fen = z.int()
const stage = z
  .object({ stage: z.enum(["declared", "withheld", "remitted", "credited"]), known: z.boolean(), ...words.shape })
  .describe("of the four stages of a payment, those the ledger has facts about")

const month = z.object({
  month: z.string(),
  state: z.enum(["credited", "late", "reversed", "refunded", "elsewhere", "missing", "unreported", "waiting"]),
  base_fen: fen.nullable(),
  employer_fen: fen.nullable(),
  personal_fen: fen.nullable(),
  subsidy_fen: fen.nullable(),
  months_of_line: z.int().describe("a line for a whole year or half: the amounts are the line's, divided by this"),
  remitted: z.object({ on: z.string(), by: words }).nullable().describe("paid, as the agency reported it"),
  credited: z
    .object({ at: z.iso.datetime(), event: z.string(), feed: z.string().nullable(), row: z.int().nullable() })
    .nullable()
    .describe("when the ledger took it, and the fact a receipt can be had for"),
  note: z.string().nullable().describe("reason of a correction or reversal"),
})

const payer = z.object({
  relation: z.string(),
  province: z.object({ code: z.string(), ...words.shape }),
  scheme: z.object({ code: z.string(), ...words.shape }),
  family: z.string(),
  kind: z.enum(["employer", "own"]),
  employer: z.string().nullable().describe("the employer's or platform enterprise's number, as the agency reported it"),
  open: z.boolean(),
  months: z.array(month),
})

const alert = z.object({
  relation: z.string(),
  employer: z.string().nullable(),
  family: z.string(),
  state: z.enum(["missing", "unreported", "reversed"]),
  from: z.string(),
  to: z.string(),
  months: z.int(),
  ...words.shape,
  acts: words.describe("who should act, and by which article"),
})

const response = z.object({
  today: z.string(),
  current: z.string().describe("last month that is over"),
  stages: z.array(stage),
  alerts: z.array(alert),
  payers: z.array(payer),
})

const stages: z.infer<typeof stage>[] = [
  {
    stage: "declared",
    known: false,
    zh: "申报：单位向税务、经办机构申报的内容不在本账本中，无法显示",
    en: "Declared: what an employer declares to the tax authority or agency is not in this ledger",
  },
  {
    stage: "withheld",
    known: false,
    zh: "代扣：单位何时从工资中扣款，本账本没有任何记录；请核对工资条",
    en: "Withheld: when an employer took it from the wages nobody tells this ledger; look at the payslip",
  },
  {
    stage: "remitted",
    known: true,
    zh: "到账：经办机构报送的实缴日期",
    en: "Remitted: the day of payment as the agency reported it",
  },
  { stage: "credited", known: true, zh: "入账：本账本收到并记账的时间", en: "Credited: when this ledger took the payment" },
]

const monthView = ({ month: at, state, line, share_of }: PaidMonth, province: keyof typeof provinces): z.infer<typeof month> => ({
  month: at,
  state,
  base_fen: line?.base_fen ?? null,
  employer_fen: line?.employer_fen ?? null,
  personal_fen: line?.personal_fen ?? null,
  subsidy_fen: line?.subsidy_fen ?? null,
  months_of_line: share_of,
  remitted:
    line === null
      ? null
      : { on: line.paidOn, by: { zh: `${provinces[province].zh}经办机构报送`, en: `reported by ${provinces[province].en}` } },
  credited:
    line === null
      ? null
      : {
          at: new Date(line.recordedAt).toISOString(),
          event: line.eventId,
          feed: line.source?.feedId ?? null,
          row: line.source?.row ?? null,
        },
  note: line?.reversed ?? line?.corrected ?? null,
})

const payerView = (one: Payer, open: boolean): z.infer<typeof payer> => ({
  relation: one.relation,
  province: { code: one.province, ...provinces[one.province] },
  scheme: { code: one.scheme, zh: schemes[one.scheme].zh, en: schemes[one.scheme].en },
  family: one.family,
  kind: one.kind,
  employer: one.employer,
  open,
  months: one.months.map((at) => monthView(at, one.province)),
})

const span = ({ from, to }: Alert): string => (from === to ? from : `${from} – ${to}`)

const whoActs = ({ payer: { kind, province, employer }, state }: Alert): z.infer<typeof words> => {
  const place = provinces[province]
  if (state === "unreported")
    return {
      zh: `由${place.zh}经办机构报送；没有新数据不等于没有缴费`,
      en: `The agency of ${place.en} has to report; no data does not mean no payment`,
    }
  if (kind === "employer")
    return {
      zh: `由单位 ${employer ?? ""} 补缴；拒不缴纳的由${place.zh}征收机构责令限期缴纳（社会保险法第 60、63 条）`,
      en: `Employer ${employer ?? ""} has to pay; else ${place.en} orders it to (社会保险法 Art 60, 63)`,
    }
  return {
    zh: `由您本人缴纳；能否补缴、补到何时，请看“缺口”一栏`,
    en: "You pay this yourself; whether and until when it can be made up, see the gaps",
  }
}

const alertWords = (one: Alert): z.infer<typeof words> => {
  const place = provinces[one.payer.province]
  const scheme = schemes[one.payer.scheme]
  switch (one.state) {
    case "missing":
      return {
        zh: `${place.zh}${scheme.zh}仍在参保，但 ${span(one)} 没有缴费到账（${one.months} 个月）`,
        en: `${place.en}, ${scheme.en}: the relation is open, but nothing arrived for ${span(one)} (${one.months} months)`,
      }
    case "unreported":
      return {
        zh: `${place.zh}${scheme.zh} ${span(one)}：${place.zh}在此之后还没有报送过数据`,
        en: `${place.en}, ${scheme.en}, ${span(one)}: the province has reported nothing since`,
      }
    case "reversed":
      return {
        zh: `${place.zh}${scheme.zh} ${span(one)} 的缴费已被冲销`,
        en: `${place.en}, ${scheme.en}: the payment for ${span(one)} was reversed`,
      }
  }
}

const alertView = (one: Alert): z.infer<typeof alert> => ({
  relation: one.payer.relation,
  employer: one.payer.employer,
  family: one.payer.family,
  state: one.state,
  from: one.from,
  to: one.to,
  months: one.months,
  ...alertWords(one),
  acts: whoActs(one),
})

export type PaidRouteDeps = PeopleDeps & { readonly access: AccessLog }

export const addPaid = (server: Server, deps: PaidRouteDeps): void => {
  const answer = async (key: PersonKey): Promise<z.infer<typeof response>> => {
    const person = await personAt(deps, key, { known: null, validAt: undefined })
    if (person === null) throw unknownPerson()
    const { state } = person
    const now = deps.clock.now()
    const heard = new Map(freshnessOf(await deps.queries.freshness(), now).map((one) => [one.province, one.lastHeard]))
    const payers = paidOf(state, linesOf(await factsKnown(deps, key, null)), {
      current: lastFullMonth(now),
      heardIn: (province) => {
        const at = heard.get(province) ?? null
        return at === null ? null : monthOfDate(dateAt(Date.parse(at)))
      },
    })
    const open = (one: Payer): boolean => state.relations.get(one.relation)?.status === "open"
    return {
      today: dateAt(now),
      current: lastFullMonth(now),
      stages,
      alerts: alertsOf(payers).map(alertView),
      payers: payers.map((one) => payerView(one, open(one))),
    }
  }
  server.get(
    "/persons/:key/paid",
    {
      schema: {
        tags: ["person"],
        summary: "Did the employer pay: per payer and month what is known, what is missing, who should act",
        params: z.object({ key: personKey }),
        response: { 200: response },
      },
    },
    async (request) => {
      const { key } = request.params
      const reader = readerOf(request, key)
      const found = await answer(key)
      await note(deps.access, deps.clock, reader, key, "paid")
      return found
    },
  )
}
