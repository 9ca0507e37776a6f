/** Late fee 滞纳金 on contributions that an employer did not pay in time (社会保险法 Art 86). */
import { applyRounding, exact, fenOf, toFen } from "../explain/exact.js"
import type { Explained, Valued } from "../explain/explained.js"
import { explained, type Rule, versionInForce } from "../explain/rule.js"

export const lateFeeRule: Rule = {
  id: "contribution/late-fee",
  title: { zh: "滞纳金", en: "late fee" },
  summary: {
    zh: "用人单位未按时足额缴纳社会保险费的，自欠缴之日起按日加收万分之五的滞纳金。灵活就业人员不加收。",
    en: "An employer that does not pay in time owes 0.05 % of the arrears for each day. Flexible workers owe none.",
  },
  unit: "fen",
  operands: {
    arrears: { zh: "欠缴金额", en: "arrears", unit: "fen" },
    days: { zh: "欠缴天数", en: "days in arrears", unit: "days" },
  },
  versions: [
    {
      from: "1999-01-22",
      formula: "round(arrears * 0.2% * days, 1, half_up)",
      article: "社会保险费征缴暂行条例 Art 13: 自欠缴之日起按日加收千分之二",
      source: "征缴暂行条例, full text",
      confidence: "official",
    },
    {
      from: "2011-07-01",
      formula: "round(arrears * 0.05% * days, 1, half_up)",
      article: "社会保险法 Art 86: 自欠缴之日起, 按日加收万分之五的滞纳金",
      source: "社会保险法, full text",
      confidence: "official",
      change_en: "The law, of higher rank, lowers the rate from 0.2 % to 0.05 % a day.",
    },
  ],
  examples: [
    { version: "2011-07-01", operands: { arrears: 1_000_000, days: 30 }, value: 15_000, basis: "constructed (LATE-01)" },
    { version: "1999-01-22", operands: { arrears: 1_000_000, days: 30 }, value: 60_000, basis: "constructed" },
  ],
}

const rateOf: Readonly<Record<string, string>> = { "1999-01-22": "0.002", "2011-07-01": "0.0005" }

export type LateFeeQuestion = {
  /** The day on which the fee is worked out: decides the version. */
  readonly on: string
  readonly arrears: Valued<number>
  readonly days: Valued<number>
}

export const lateFee = ({ on, arrears, days }: LateFeeQuestion): Explained<number> => {
  const version = versionInForce(lateFeeRule, on)
  const rate = rateOf[version.from]
  if (rate === undefined) throw new Error(`no rate for ${lateFeeRule.id} of ${version.from}`)
  const fee = applyRounding(exact(arrears.value).mul(rate).mul(days.value), toFen)
  return explained(lateFeeRule, version, { arrears, days }, fenOf(fee))
}

export const lateFeeOwedRule: Rule = {
  id: "contribution/late-fee-owed",
  title: { zh: "应缴滞纳金", en: "late fee owed" },
  summary: {
    zh: "各段滞纳金之和，由用人单位承担；灵活就业人员不加收。",
    en: "The fees of all stretches together, owed by employers; flexible workers owe none.",
  },
  unit: "fen",
  operands: {
    channel: { zh: "缴费主体", en: "employee (the employer pays) or flexible", unit: "code" },
    fees: { zh: "各段滞纳金", en: "fees of the stretches", unit: "fen" },
  },
  versions: [
    {
      from: "1999-01-22",
      formula: 'if(channel = "flexible", 0, sum(fees))',
      article: "社会保险法 Art 86; 社会保险费征缴暂行条例 Art 13: 缴费单位",
      source: "社会保险法, full text",
      confidence: "official",
    },
  ],
  examples: [
    { version: "1999-01-22", operands: { channel: "employee", fees: [15_000, 2_000] }, value: 17_000, basis: "constructed" },
    { version: "1999-01-22", operands: { channel: "flexible", fees: [15_000] }, value: 0, basis: "constructed" },
  ],
}

/** What is owed of the fees of one or more stretches (the rate changed on 2011-07-01). */
export const lateFeeOwed = (
  on: string,
  channel: Valued<"employee" | "flexible">,
  fees: readonly Explained<number>[],
): Explained<number> => {
  const owed = channel.value === "flexible" ? 0 : fees.reduce((sum, fee) => sum + fee.value, 0)
  return explained(lateFeeOwedRule, versionInForce(lateFeeOwedRule, on), { channel, fees }, owed)
}
