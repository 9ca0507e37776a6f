/** Fiscal subsidy to flexible workers by income (features B12): a tier of the decision table, a leg of its own in the payment. */
import { type Fen, fen } from "@tongzhang/domain/money"
import { lintTable, type Piece } from "../decision-table-lint.js"
import { decide } from "../decision-table.js"
import { subsidyTiers } from "../decision-tables.js"
import { applyRounding, exact, exactText, fenOf, toFen } from "../explain/exact.js"
import type { Explained, Ruling, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { beginning, concluded, op } from "./describe.js"

const study = {
  from: beginning,
  article: subsidyTiers.article,
  source: "features.md B12, X4",
  confidence: "constructed",
} as const
/** What the study leaves open, each stretch of incomes one question. */
const findings = lintTable(subsidyTiers)

export const incomeShareRule: Rule = {
  id: "subsidy/income-share",
  title: { zh: "收入占缴费基数下限的比例", en: "income as a share of the floor" },
  summary: { zh: "月收入除以缴费基数下限。", en: "Monthly income over the floor of the contribution base." },
  unit: "rate",
  operands: { income: op("月收入", "monthly income", "fen"), floor: op("缴费基数下限", "floor of the base", "fen") },
  versions: [{ ...study, formula: "income / floor" }],
  examples: [{ version: beginning, operands: { income: 300_000, floor: 400_000 }, value: "0.75", basis: "constructed" }],
}

export const subsidyRateRule: Rule = {
  id: "subsidy/rate",
  title: { zh: "补贴比例", en: "share that is subsidised" },
  summary: {
    zh: "收入低于下限50%的补贴50%；50%至80%之间的补贴30%；恰为50%、80%以及80%至100%之间，条文未规定，须裁定。",
    en: "Income under 50 % of the floor: half; between 50 % and 80 %: 30 %. Exactly 50 % or 80 %, and from there to the floor, the text is silent: somebody has to rule.",
  },
  unit: "rate",
  operands: { share: op("收入占比", "income over the floor", "rate") },
  versions: [{ ...study, formula: "if(share < 50%, 50%, if(share > 50% and share < 80%, 30%, null))" }],
  examples: [
    { version: beginning, operands: { share: "0.4999" }, value: "0.5", basis: "constructed" },
    { version: beginning, operands: { share: "0.75" }, value: "0.3", basis: "constructed" },
    { version: beginning, operands: { share: "0.5" }, value: null, basis: "constructed (X4)" },
  ],
  openQuestions: findings.map((finding) => finding.needsRuling),
}

export const subsidyAmountRule: Rule = {
  id: "subsidy/amount",
  title: { zh: "财政补贴额", en: "subsidy" },
  summary: {
    zh: "应缴额乘以补贴比例；比例待裁定或不补贴的为零。",
    en: "What is owed times the rate; nothing while the rate is open.",
  },
  unit: "fen",
  operands: { owed: op("应缴额", "contribution owed", "fen"), rate: op("补贴比例", "rate", "rate") },
  versions: [{ ...study, formula: "if(rate = null, 0, round(owed * rate, 1, half_up))" }],
  examples: [
    { version: beginning, operands: { owed: 80_001, rate: "0.3" }, value: 24_000, basis: "constructed" },
    { version: beginning, operands: { owed: 80_001, rate: null }, value: 0, basis: "constructed" },
  ],
}

const inside = (percent: ReturnType<typeof exact>, { from, to, fromClosed, toClosed }: Piece): boolean => {
  const low = from === null ? 1 : percent.compare(from)
  const high = to === null ? -1 : percent.compare(to)
  return (fromClosed ? low >= 0 : low > 0) && (toClosed ? high <= 0 : high < 0)
}

export type Subsidy = { readonly rate: Explained<string | null>; readonly amount: Explained<Fen> }

/** Subsidy on a contribution; incomes of the floor and more get none. */
export const explainSubsidy = (question: {
  readonly on: string
  readonly income: Valued<number>
  readonly floor: Valued<number>
  readonly owed: Valued<number>
}): Subsidy => {
  const { on, income, floor, owed } = question
  const over = exact(income.value).div(floor.value)
  const percent = over.mul(100)
  const share = concluded(incomeShareRule, on, { income, floor }, () => exactText(over))
  const decided = decide(subsidyTiers, { income: exactText(percent) })
  const open: Ruling | null =
    decided.kind === "one" || decided.kind === "outside"
      ? null
      : (findings.find(({ where }) => where["income"] !== undefined && inside(percent, where["income"]))?.needsRuling ?? null)
  const value = decided.kind === "one" ? exactText(exact(decided.outcome.slice(0, -1)).div(100)) : null
  const rate = concluded(subsidyRateRule, on, { share }, () => value, open)
  const part = value === null ? fen(0) : fenOf(applyRounding(exact(value).mul(owed.value), toFen))
  return { rate, amount: concluded(subsidyAmountRule, on, { owed, rate }, () => part) }
}
