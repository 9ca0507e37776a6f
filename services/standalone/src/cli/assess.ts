/** `tongzhang assess ID`: a pension from the record beside what was awarded; `tongzhang overlap ID [CASE]`: a duplicate before its decision. */
import { Command, Option } from "commander"
import { connect, personOf } from "./connect.js"
import { provinceName, sideName, table, yuan } from "./format.js"

type Value = string | number | boolean | null | readonly unknown[]
type Values = Readonly<Record<string, Value>>

const shown = (path: string, value: Value | undefined): string => {
  if (value === undefined) return ""
  if (value === null) return "—"
  if (typeof value === "number") return path.endsWith("_fen") ? yuan(value) : String(value)
  return path === "place" ? provinceName(String(value)) : String(value)
}

type Common = {
  readonly post?: string
  readonly ruleDate?: string
  readonly region?: string
  readonly knownAt?: string
  readonly explain?: boolean
  readonly json?: boolean
}

const queryOf = ({ post, ruleDate, region, knownAt, explain }: Common): URLSearchParams => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ post, ruleDate, region, knownAt })) if (value !== undefined) query.set(name, value)
  if (explain === true) query.set("explain", "true")
  return query
}

const withCommon = (command: Command): Command =>
  command
    .addOption(new Option("--post <group>", "a woman's post, which decides her age").choices(["female55", "female50"]))
    .option("--rule-date <day>", "day whose law is applied; today when left out")
    .option("--region <city>", "city with a pension base of its own")
    .option("--known-at <time>", "only what the ledger knew then")
    .option("--explain", "with --json: the tree of every number with the events, under `document`")
    .option("--json", "print JSON")

type Assessment = {
  readonly award: "final" | "provisional"
  readonly from: string
  readonly values: Values
  readonly compared: readonly string[]
  readonly rulings: readonly { readonly zh: string; readonly reading_en: string }[]
}

const partNames = [
  ["monthly", "每月待遇 a month"],
  ["basic", "基础养老金 basic"],
  ["account", "个人账户养老金 account"],
  ["transitional", "过渡性养老金 transitional"],
] as const

const drawAssessment = ({ award, from, values, compared, rulings }: Assessment): string => {
  const facts = ["months", "eligible", "place", "statutory_month", "all_months_used"]
    .map((name) => `${name} ${shown(name, values[name])}`)
    .join(", ")
  const drawn = table(partNames, [
    { head: "", of: ([, name]) => name },
    { head: "测算 assessed", right: true, of: ([part]) => shown("_fen", values[`assessed.${part}_fen`]) },
    ...compared.flatMap((claim) => [
      {
        head: `核定 awarded ${claim}`,
        right: true,
        of: ([part]: (typeof partNames)[number]) => shown("_fen", values[`awards.${claim}.${part}.awarded_fen`]),
      },
      {
        head: "差 difference",
        right: true,
        of: ([part]: (typeof partNames)[number]) => shown("_fen", values[`awards.${claim}.${part}.difference_fen`]),
      },
    ]),
  ])
  return [
    `${from} ${award === "final" ? "核定 final" : "预发 provisional"}: ${facts}`,
    drawn,
    ...rulings.map(({ zh, reading_en }) => `待裁定 to be ruled: ${zh} (${reading_en})`),
    "测算供核对，不作决定 for comparison; nothing is decided here",
  ].join("\n")
}

export const assessCommand = (): Command =>
  withCommon(
    new Command("assess")
      .description("a pension from the record, beside what an agency awarded; no decision")
      .argument("<id>", "citizen ID number or person key")
      .option("--from <month>", "first month of the pension; that of the award, else the statutory one"),
  ).action(async (id: string, options: Common & { readonly from?: string }, command: Command) => {
    const client = connect(command)
    const query = queryOf(options)
    if (options.from !== undefined) query.set("from", options.from)
    const person = await personOf(client, id)
    const found = await client.get<Assessment>("center", `/national/persons/${person}/assessment?${query.toString()}`)
    process.stdout.write(`${options.json === true ? JSON.stringify(found, null, 2) : drawAssessment(found)}\n`)
  })

type Preview = {
  readonly kind: string
  readonly options: readonly {
    readonly keep: string
    readonly drop: string
    readonly noPension: string | null
    readonly values: Values
  }[]
  readonly values: Values
}

const previewRows = [
  ["refund_fen", "退还本人 back to the person"],
  ["months_kept", "保留方月数 months of the side kept"],
  ["months_left", "清理方剩余月数 months left of the other"],
  ["account_left_fen", "清理方剩余账户 account left of the other"],
  ["account_fen", "两方账户合计 both accounts then"],
  ["middle.pension", "届时待遇 pension of"],
  ["middle.pension_from", "开始领取 from"],
  ["middle.months", "届时累计月数 months by then"],
] as const

const drawPreview = ({ kind, options, values }: Preview): string => {
  const monthly = (of: Values): string =>
    ["low", "middle", "high"].map((variant) => shown("_fen", of[`${variant}.monthly_fen`])).join(" … ")
  const rows: readonly (readonly [string, string])[] = [...previewRows, ["monthly", "每月待遇 pension a month (low … high)"]]
  const drawn = table(rows, [
    { head: "", of: ([, name]) => name },
    ...options.map(({ keep, values: own, noPension }) => ({
      head: `保留 keep ${sideName(keep)}`,
      right: true,
      of: ([path]: readonly [string, string]) => (path === "monthly" ? (noPension ?? monthly(own)) : shown(path, own[path])),
    })),
  ])
  const kept = values["keep"]
  const advice =
    values["agreement_needed"] === true || typeof kept !== "string"
      ? "须与本人协商 to be agreed with the person"
      : `规则保留 the rule keeps ${sideName(kept)}`
  return `${kind}, ${String(values["months"])} 个月 months; ${advice}\n${drawn}\n假定继续照旧缴费 going on as now; a simulation, no decision`
}

type Cases = {
  readonly record: { readonly cases: { readonly overlaps: readonly { readonly case: string; readonly status: string }[] } }
}

export const overlapCommand = (): Command =>
  withCommon(
    new Command("overlap")
      .description("a duplicate before its decision: keep one side or the other, with months, money and pension")
      .argument("<id>", "citizen ID number or person key")
      .argument("[case]", "as `tongzhang overlaps --json` names it; every case of the person when left out"),
  ).action(async (id: string, wanted: string | undefined, options: Common, command: Command) => {
    const client = connect(command)
    const person = await personOf(client, id)
    const cases =
      wanted === undefined
        ? (await client.get<Cases>("center", `/national/persons/${person}/record`)).record.cases.overlaps.map((one) => one.case)
        : [wanted]
    for (const one of cases) {
      const path = `/national/persons/${person}/overlaps/${encodeURIComponent(one)}/preview?${queryOf(options).toString()}`
      const found = await client.get<Preview>("center", path, "duplicate-check")
      process.stdout.write(`${options.json === true ? JSON.stringify(found, null, 2) : `${one}\n${drawPreview(found)}`}\n`)
    }
    if (cases.length === 0) process.stdout.write("没有重复参保 no case of overlap\n")
  })
