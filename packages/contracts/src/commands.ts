/**
 * The commands an agency may send, one per JSON body or one per row of a file. Amounts in fen, months `YYYY-MM`.
 * A file's rows are translated into exactly these (services/intake), so both doors obey one set of rules.
 */
import { z } from "zod"
import { capacity, dateText, fenPositive, lineId, province, scheme, text, yearMonth } from "./primitives.js"

/** Every command names the person by citizen ID number (= social security number); it never leaves the intake service. */
const who = { citizenId: text(24), name: text(64).optional(), hukou: province.optional() }
const relation = { ...who, scheme }
const reason = text(200).default("not stated")
const employer = text(64).nullable().default(null)

const paid = {
  base_fen: fenPositive,
  employer_fen: fenPositive,
  personal_fen: fenPositive,
  subsidy_fen: fenPositive,
  /** What was credited to the personal account; left out, the rule of the scheme and capacity says it. */
  account_fen: fenPositive.optional(),
}

export const commandSchemas = {
  register: z.object({ act: z.literal("register"), ...who }),
  open: z.object({
    act: z.literal("open"),
    ...relation,
    from: yearMonth,
    capacity,
    employer,
    temporary: z.boolean().default(false),
  }),
  suspend: z.object({ act: z.literal("suspend"), ...relation, from: yearMonth, reason }),
  resume: z.object({ act: z.literal("resume"), ...relation, from: yearMonth }),
  close: z.object({ act: z.literal("close"), ...relation, to: yearMonth, reason }),
  change: z.object({ act: z.literal("change"), ...relation, from: yearMonth, capacity, employer }),
  contribute: z.object({
    act: z.literal("contribute"),
    ...relation,
    line: lineId,
    kind: z.enum(["regular", "late", "lump_sum"]).default("regular"),
    from: yearMonth,
    to: yearMonth,
    paidOn: dateText,
    ...paid,
  }),
  correct: z.object({ act: z.literal("correct"), ...relation, line: lineId, corrects: lineId, reason, ...paid }),
  reverse: z.object({ act: z.literal("reverse"), ...relation, line: lineId, reverses: lineId, reason }),
  subsidise: z.object({
    act: z.literal("subsidise"),
    ...relation,
    line: lineId,
    year: z.int(),
    payer: text(64),
    amount_fen: fenPositive,
  }),
  credit_interest: z.object({
    act: z.literal("credit_interest"),
    ...relation,
    year: z.int(),
    rate_bp: z.int().min(0),
    amount_fen: fenPositive,
  }),
  move_hukou: z.object({ act: z.literal("move_hukou"), ...who, to: province, on: dateText }),
  report_death: z.object({ act: z.literal("report_death"), ...who, on: dateText }),
  correct_name: z.object({ act: z.literal("correct_name"), citizenId: text(24), name: text(64), reason }),
  claim_benefit: z.object({ act: z.literal("claim_benefit"), ...relation, claim: text(64), from: yearMonth }),
  award_benefit: z.object({
    act: z.literal("award_benefit"),
    ...relation,
    claim: text(64),
    from: yearMonth,
    basic_fen: fenPositive,
    account_fen: fenPositive,
    transitional_fen: fenPositive,
    monthly_fen: fenPositive,
    reason,
  }),
  pay_benefit: z.object({
    act: z.literal("pay_benefit"),
    ...relation,
    claim: text(64),
    month: yearMonth,
    amount_fen: fenPositive,
  }),
  end_benefit: z.object({ act: z.literal("end_benefit"), ...relation, claim: text(64), to: yearMonth, reason }),
}

export type Act = keyof typeof commandSchemas
export const acts = Object.keys(commandSchemas) as readonly Act[]

export const command = z.discriminatedUnion("act", [
  commandSchemas.register,
  commandSchemas.open,
  commandSchemas.suspend,
  commandSchemas.resume,
  commandSchemas.close,
  commandSchemas.change,
  commandSchemas.contribute,
  commandSchemas.correct,
  commandSchemas.reverse,
  commandSchemas.subsidise,
  commandSchemas.credit_interest,
  commandSchemas.move_hukou,
  commandSchemas.report_death,
  commandSchemas.correct_name,
  commandSchemas.claim_benefit,
  commandSchemas.award_benefit,
  commandSchemas.pay_benefit,
  commandSchemas.end_benefit,
])
export type Command = z.infer<typeof command>
export type CommandOf<A extends Act> = z.infer<(typeof commandSchemas)[A]>
