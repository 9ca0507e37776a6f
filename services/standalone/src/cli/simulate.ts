/** `tongzhang simulate ID`: futures side by side, with what they assume. */
import { writeFileSync } from "node:fs"
import { Command, Option } from "commander"
import { Explained } from "./client.js"
import { connect, personOf } from "./connect.js"
import { provinceName, table, yuan } from "./format.js"

type Numbers = Readonly<Record<string, string | number | boolean | null>>
type Variants = { readonly low: Numbers; readonly middle: Numbers; readonly high: Numbers }
type Answer = {
  readonly id: string
  readonly document?: unknown
  readonly scenarios: Readonly<Record<string, Variants>>
  readonly assumptions: readonly { readonly zh: string; readonly en: string }[]
}

type Options = {
  readonly retire?: string
  readonly base?: string
  readonly channel?: string
  readonly move?: string
  readonly moveFrom?: string
  readonly stop?: string
  readonly tier?: string
  readonly channels?: boolean
  readonly post?: string
  readonly ruleDate?: string
  readonly knownAt?: string
  readonly region?: string
  readonly lang: "zh" | "en"
  readonly explain?: readonly string[]
  readonly save?: string
  readonly json?: boolean
}

const fenOf = (text: string, option: string): number => {
  const found = /^(\d{1,7})(?:\.(\d{1,2}))?$/u.exec(text)
  if (found === null) throw new Explained(`--${option} ${text} is no amount in yuan`, "write e.g. 8000 or 8000.50")
  return Number(found[1]) * 100 + Number((found[2] ?? "0").padEnd(2, "0"))
}

const baseOf = (text: string): unknown =>
  text === "last" || text === "floor" || text === "ceiling" ? text : { amount_fen: fenOf(text, "base") }

/** The scenario that the options describe; null when none of them is given. */
const scenarioOf = ({ retire, base, channel, move, moveFrom, stop, tier }: Options): Record<string, unknown> | null => {
  const scenario = {
    ...(retire === undefined ? {} : { retire }),
    ...(base === undefined ? {} : { base: baseOf(base) }),
    ...(channel === undefined ? {} : { channel }),
    ...(move === undefined ? {} : { move: { to: move, ...(moveFrom === undefined ? {} : { from: moveFrom }) } }),
    ...(stop === undefined ? {} : { stop }),
    ...(tier === undefined ? {} : { tier_fen: fenOf(tier, "tier") }),
  }
  return Object.keys(scenario).length === 0 ? null : scenario
}

const bodyOf = (options: Options): unknown => {
  const { post, ruleDate, knownAt, region, channels, explain } = options
  const scenario = scenarioOf(options)
  const scenarios =
    channels === true
      ? [{ name: "now", ...scenario }]
      : [{ name: "now" }, ...(scenario === null ? [] : [{ name: "asked", ...scenario }])]
  return { scenarios, ...(channels === true ? { compare: "channels" } : {}), post, ruleDate, knownAt, region, explain }
}

const labels: readonly (readonly [name: string, zh: string, en: string])[] = [
  ["pension", "待遇类别", "pension of"],
  ["pension_from", "开始领取", "from"],
  ["place", "领取地", "paid in"],
  ["months", "累计月数", "months that count"],
  ["months_short", "距最低年限差月数", "months short of the minimum"],
  ["monthly_fen", "每月待遇", "pension a month"],
  ["basic_fen", "其中基础养老金", "basic part"],
  ["account_fen", "其中个人账户养老金", "account part"],
  ["transitional_fen", "其中过渡性养老金", "transitional part"],
  ["balance_fen", "届时个人账户", "account by then"],
  ["resident_balance_fen", "届时居民账户", "resident account by then"],
  ["cost_fen", "本人每月缴费（首年）", "paid a month (first year)"],
  ["paid_fen", "本人缴费合计", "paid in all"],
  ["compared_gain_fen", "比对照每月增减", "more a month than the first"],
  ["compared_cost_fen", "比对照每月多缴", "paid more a month"],
  ["compared_paid_fen", "比对照多缴合计", "paid more in all"],
  ["compared_break_even_months", "回本月数", "months to break even"],
  ["compared_break_even_month", "回本月份", "even from"],
]

const shown = (name: string, value: Numbers[string] | undefined): string => {
  if (value === undefined) return ""
  if (value === null) return "—"
  if (typeof value === "number") return name.endsWith("_fen") ? yuan(value) : String(value)
  return name === "place" ? provinceName(String(value)) : String(value)
}

/** One value where the variants agree, else low … middle … high. */
const range = (name: string, { low, middle, high }: Variants): string => {
  const all = [low, middle, high].map((variant) => shown(name, variant[name]))
  return new Set(all).size === 1 ? (all[0] ?? "") : all.map((one) => (one === "" ? "—" : one)).join(" … ")
}

const draw = ({ id, scenarios, assumptions }: Answer, lang: "zh" | "en"): string => {
  const all = Object.entries(scenarios)
  const rows = labels.filter(([name]) =>
    all.some(([, of]) => [of.low, of.middle, of.high].some((variant) => variant[name] !== undefined)),
  )
  const drawn = table(rows, [
    { head: lang === "zh" ? "低 … 中 … 高" : "low … middle … high", of: ([, zh, en]) => (lang === "zh" ? zh : en) },
    ...all.map(([head, of]) => ({ head, right: true, of: ([name]: (typeof labels)[number]) => range(name, of) })),
  ])
  const refused = all.flatMap(([name, { middle }]) =>
    middle["refused"] === undefined ? [] : [`✗ ${name}: ${String(middle[lang] ?? middle["refused"])}`],
  )
  const taken = assumptions.map((one) => `  ${one[lang]}`)
  return [
    drawn,
    ...refused,
    lang === "zh" ? "模拟，不是待遇核定。假定：" : "A simulation, no award. Assumed:",
    ...taken,
    `id ${id}`,
  ].join("\n")
}

export const simulateCommand = (): Command =>
  new Command("simulate")
    .description("what a person's pension may become: as now, and as asked, side by side")
    .argument("<id>", "citizen ID number or person key")
    .option("--retire <month>", "month in which the pension is to start, e.g. 2040-01")
    .option("--base <base>", "what a month is paid on: last, floor, ceiling or yuan a month")
    .addOption(new Option("--channel <channel>", "how the person is insured").choices(["employee", "flexible", "resident"]))
    .option("--move <province>", "work in another province")
    .option("--move-from <month>", "first month there")
    .option("--stop <month>", "first month for which nothing is paid any more")
    .option("--tier <yuan>", "paid a year in the resident scheme")
    .option("--channels", "the same future as employee, flexible worker and resident")
    .addOption(new Option("--post <group>", "a woman's post, which decides her age").choices(["female55", "female50"]))
    .option("--rule-date <day>", "day whose law is applied and on which the future begins; today when left out")
    .option("--known-at <time>", "only what the ledger knew then")
    .option("--region <city>", "city with a pension base of its own")
    .addOption(new Option("--lang <language>", "language of the table").choices(["zh", "en"]).default("zh"))
    .option("--explain <answers...>", "answers to explain, e.g. asked.middle.monthly_fen; with --json or --save")
    .option("--save <file>", "write the explained answers with their events, for verify-explanation")
    .option("--json", "print JSON")
    .action(async (id: string, options: Options, command: Command) => {
      if (options.save !== undefined && options.explain === undefined)
        throw new Explained("--save without --explain", "name the answers to write, e.g. --explain asked.middle.monthly_fen")
      const client = connect(command)
      const person = await personOf(client, id)
      const answer = await client.post<Answer>("center", `/national/persons/${person}/simulate`, bodyOf(options))
      if (options.save !== undefined) writeFileSync(options.save, `${JSON.stringify(answer.document ?? null, null, 2)}\n`)
      process.stdout.write(`${options.json === true ? JSON.stringify(answer, null, 2) : draw(answer, options.lang)}\n`)
    })
