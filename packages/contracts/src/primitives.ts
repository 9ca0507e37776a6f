/** zod schemas of the small things: months, money, codes, ids. Written once, so that a rule has one text and one JSON Schema. */
import {
  capacities,
  type Capacity,
  provinceCodes,
  type ProvinceCode,
  schemeCodes,
  type SchemeCode,
  type Sex,
} from "@tongzhang/domain/codes"
import type { DateText, Instant, LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Fen } from "@tongzhang/domain/money"
import type { EngagementId } from "@tongzhang/domain/workpaper"
import { z } from "zod"

/** A plain zod schema whose output carries one of the domain's brands; at run time it is the plain schema. */
const branded = <T>(schema: z.ZodType): z.ZodType<T, T> => schema as unknown as z.ZodType<T, T>

export const yearMonth = branded<YearMonth>(
  z
    .string()
    .regex(/^(19[5-9]\d|20\d\d|21[0-4]\d)-(0[1-9]|1[0-2])$/)
    .describe("费款所属期 month, YYYY-MM"),
)
export const dateText = branded<DateText>(z.iso.date().describe("date YYYY-MM-DD in China (+08:00)"))
export const instant = branded<Instant>(z.iso.datetime({ precision: 3 }).describe("moment in UTC, to the millisecond"))
export const fenAmount = branded<Fen>(z.int().describe("money in fen (1/100 yuan), a whole number"))
export const fenPositive = branded<Fen>(z.int().min(0).describe("money in fen, not negative"))
export const province = branded<ProvinceCode>(
  z.enum(provinceCodes as [string, ...string[]]).describe("GB/T 2260 two-digit province code"),
)
export const scheme = branded<SchemeCode>(z.enum(schemeCodes as [string, ...string[]]).describe("AAE140 险种类型"))
export const sex = branded<Sex>(z.enum(["male", "female"]))
export const capacity = branded<Capacity>(z.enum(capacities as unknown as [string, ...string[]]))
export const personKey = branded<PersonKey>(
  z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe("keyed hash of the citizen ID number"),
)
export const lineId = branded<LineId>(
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9.:/-]+$/)
    .describe("流水号 line of the province's books"),
)
export const transferId = branded<TransferId>(z.string().regex(/^[0-9a-f]{32}_[A-Za-z0-9]+$/))
export const engagementId = branded<EngagementId>(
  z
    .string()
    .regex(/^[A-Z0-9][A-Za-z0-9.]{0,39}$/)
    .describe("审计项目编号 engagement, e.g. AUD2026.01"),
)
export const text = (max: number): z.ZodString => z.string().min(1).max(max)

export const monthRange = z.object({ from: yearMonth, to: yearMonth })
export const monthRanges = z.array(monthRange)

export const amounts = z.object({
  base_fen: fenPositive,
  employer_fen: fenPositive,
  personal_fen: fenPositive,
  subsidy_fen: fenPositive,
  pooled_fen: fenPositive,
  account_fen: fenPositive,
})
export const moved = z.object({ months: monthRanges, account_fen: fenPositive, pooled_fen: fenPositive, bases_fen: fenPositive })
