/** `tongzhang audit open|list|show|draw|redraw|note|finding|…`: an engagement from opening to closing, on the local ledger. */
import type { FsckReport } from "@tongzhang/audit/fsck/fsck"
import type { Paper, PaperSample } from "@tongzhang/audit/workpapers/paper"
import type { Redrawn } from "@tongzhang/audit/workpapers/redraw"
import type { VerifyReport } from "@tongzhang/audit/verify"
import { Command, Option } from "commander"
import { type Client, Explained } from "./client.js"
import { connectAuditor } from "./connect.js"
import { count, table, yuan } from "./format.js"
import { follow, type Job } from "./fsck.js"

type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>
type Act = (client: Client, at: string, options: Options, rest: readonly string[]) => Promise<void>

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const textIn = (options: Options, name: string): string | undefined => {
  const value = options[name]
  return typeof value === "string" ? value : undefined
}

/** `80` or `80.5` or `80.50` yuan; no float ever holds it. */
const fenOf = (text: string): number => {
  const [, whole = "", part = ""] = /^(\d{1,12})(?:\.(\d{1,2}))?$/u.exec(text) ?? []
  if (whole === "") throw new Explained(`${text} is no amount`, "write yuan, e.g. 1509.60")
  return Number(`${whole}${part.padEnd(2, "0")}`)
}

const headline = ({ engagement, title, status, auditor, from, to }: Paper): string =>
  `${engagement} ${title} (${from} … ${to}) · ${auditor} · ${status === "open" ? "进行中 open" : "已结项 closed"}`

const drawSample = ({ sample, method, seed, size, upTo, facts, tested, exceptions, items }: PaperSample): string =>
  [
    `${sample}: ${method}, seed ${seed}, size ${size}, up to ${upTo}: ${items.length} of ${count(facts)} facts; 已测 tested ${tested}, 不符 exceptions ${exceptions}`,
    table(items, [
      { head: "层 stratum", of: (item) => item.stratum },
      { head: "金额 amount", right: true, of: (item) => yuan(item.amount_fen) },
      { head: "hits", right: true, of: (item) => item.hits },
      { head: "事件 event", of: (item) => item.event },
      { head: "流 stream", of: (item) => `${item.stream}@${item.revision}` },
      { head: "结果 result", of: (item) => item.result ?? "" },
    ]),
  ].join("\n")

const drawPaper = (paper: Paper): string =>
  [
    headline(paper),
    paper.scope,
    ...paper.samples.map(drawSample),
    ...paper.notes.map(({ note, result, text, stamp }) => `${note} ${stamp.by}${result === null ? "" : ` [${result}]`}: ${text}`),
    ...paper.findings.map(
      (one) =>
        `${one.finding} ${one.severity} ${one.status}: ${one.title}, ${yuan(one.amount_fen)}, ${one.rule}, ${one.evidence.length} events${one.reason === null ? "" : ` (${one.reason})`}`,
    ),
    ...paper.checks.map(
      ({ check, ok, upTo, first }) => `${ok ? "✓" : "✗"} ${check} up to ${upTo ?? "-"}${first === null ? "" : `: ${first}`}`,
    ),
    ...paper.reviews.map(({ opinion, stamp }) => `复核 ${stamp.by}: ${opinion}`),
    ...(paper.closing === null ? [] : [`结论 ${paper.closing.conclusion} · position ${paper.closing.position}`]),
  ].join("\n")

/** A subcommand on one engagement: `--as` and `--json` are everywhere. */
const on = (name: string, description: string, run: Act, more: readonly string[] = []): Command => {
  const command = new Command(name).description(description).argument("<engagement>", "e.g. AUD2026.01")
  for (const argument of more) command.argument(argument)
  command.option("--as <auditor>", "which auditor you are, on a local ledger any name")
  command.option("--json", "print JSON")
  return command.action(async (...given: unknown[]) => {
    const self = given.pop() as Command
    const options = given.pop() as Options
    const [engagement = "", ...rest] = given as string[]
    const client = await connectAuditor(self, textIn(options, "as"))
    await run(client, `/audit/workpapers/${encodeURIComponent(engagement)}`, options, [engagement, ...rest])
  })
}

const post = (client: Client, path: string, body: unknown): Promise<Paper> => client.post<Paper>("auditor", path, body, "audit")
const shown = (options: Options, paper: Paper, text: string): void =>
  say(options["json"] === true ? JSON.stringify(paper, null, 2) : text)

const openCommand = (): Command =>
  on("open", "open an engagement; the same again changes nothing", async (client, _at, options, [engagement]) => {
    const body = {
      engagement,
      title: options["title"],
      scope: options["scope"],
      from: options["from"],
      to: options["to"],
      province: options["province"],
      scheme: options["scheme"],
    }
    const paper = await post(client, "/audit/workpapers", body)
    shown(options, paper, `✓ ${headline(paper)}`)
  })
    .requiredOption("--title <text>", "what it is called")
    .requiredOption("--scope <text>", "what is audited")
    .requiredOption("--from <date>", "first day of the period")
    .requiredOption("--to <date>", "last day")
    .option("--province <code>", "one province only")
    .option("--scheme <code>", "one scheme only")

type Summary = {
  readonly engagement: string
  readonly title: string
  readonly auditor: string
  readonly status: string
  readonly items: number
  readonly tested: number
  readonly findings: number
  readonly findings_open: number
  readonly amount_fen: number
}

const listCommand = (): Command =>
  new Command("list")
    .description("all engagements, newest first")
    .option("--json", "print JSON")
    .action(async (options: Options, command: Command) => {
      const client = await connectAuditor(command, undefined)
      const { engagements } = await client.get<{ engagements: readonly Summary[] }>("auditor", "/audit/workpapers", "audit")
      if (options["json"] === true) return say(JSON.stringify(engagements, null, 2))
      say(
        table(engagements, [
          { head: "编号 engagement", of: (one) => one.engagement },
          { head: "名称 title", of: (one) => one.title },
          { head: "主审 auditor", of: (one) => one.auditor },
          { head: "状态", of: (one) => one.status },
          { head: "已测 tested", right: true, of: (one) => `${one.tested}/${one.items}` },
          { head: "发现 findings", right: true, of: (one) => `${one.findings} (${one.findings_open} open)` },
          { head: "涉及 at stake", right: true, of: (one) => yuan(one.amount_fen) },
        ]),
      )
    })

const showCommand = (): Command =>
  on("show", "one engagement with everything in it", async (client, at, options) => {
    const paper = await client.get<Paper>("auditor", at, "audit")
    shown(options, paper, drawPaper(paper))
  })

/** `2025-01-01..2025-12-31` */
const recordedOf = (text: string | undefined): { readonly from: string; readonly to: string } | null => {
  if (text === undefined) return null
  const [, from, to] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/u.exec(text) ?? []
  if (from === undefined || to === undefined) throw new Explained(`${text} is no two days`, "write e.g. 2025-01-01..2025-12-31")
  return { from, to }
}

const drawCommand = (): Command =>
  on("draw", "draw a sample into the paper, as a fact: every draw is seen", async (client, at, options) => {
    const body = {
      seed: options["seed"],
      size: Number(options["size"]),
      method: options["method"],
      upTo: options["upTo"],
      province: options["province"],
      scheme: options["scheme"],
      recorded: recordedOf(textIn(options, "recorded")),
    }
    const paper = await post(client, `${at}/samples`, body)
    const same = paper.samples.filter((one) => one.seed === body.seed && one.size === body.size && one.method === body.method)
    shown(options, paper, same.map(drawSample).join("\n"))
  })
    .requiredOption("--seed <text>", "decides the sample, together with the position")
    .option("--size <n>", "how many, at most 1000", "25")
    .addOption(new Option("--method <method>", "by strata, or by fen").choices(["stratified", "monetary"]).default("stratified"))
    .option("--up-to <position>", "log position; left out: the newest")
    .option("--province <code>", "this province only; left out: the engagement's")
    .option("--scheme <code>", "this scheme only")
    .option("--recorded <days>", "only what the ledger was told on these days of China, FROM..TO")

const redrawCommand = (): Command =>
  on("redraw", "draw each sample again from the ledger: equal, or the first difference", async (client, at, options) => {
    const { samples } = await client.get<Paper>("auditor", at, "audit")
    const wanted = samples.filter(({ sample }) => options["sample"] === undefined || options["sample"] === sample)
    if (wanted.length === 0) throw new Explained("there is no such sample", "draw one with `audit draw`, or see `audit show`")
    const drawn: Redrawn[] = []
    for (const { sample } of wanted) drawn.push(await client.get<Redrawn>("auditor", `${at}/samples/${sample}/redraw`, "audit"))
    if (drawn.some(({ equal }) => !equal)) process.exitCode = 1
    if (options["json"] === true) return say(JSON.stringify(drawn, null, 2))
    for (const { sample, equal, first, items, facts } of drawn)
      say(equal ? `✓ ${sample}: 一致 equal, ${items} of ${count(facts)} facts` : `✗ ${sample}: ${first ?? ""}`)
  }).option("--sample <id>", "this one only, e.g. S1")

const aboutOf = (options: Options): unknown => {
  const [item, event, finding] = ["item", "event", "finding"].map((name) => textIn(options, name))
  if (item !== undefined) {
    const [sample = "", drawn = ""] = item.split(":")
    return { kind: "item", sample, event: drawn }
  }
  if (event !== undefined) return { kind: "event", event }
  return finding === undefined ? { kind: "free" } : { kind: "finding", finding }
}

const noteCommand = (): Command =>
  on(
    "note",
    "write a note on a drawn item, a fact, a finding, or free",
    async (client, at, options, [, text]) => {
      const paper = await post(client, `${at}/notes`, { about: aboutOf(options), result: options["result"] ?? null, text })
      shown(options, paper, `✓ ${paper.notes.length} notes`)
    },
    ["<text>"],
  )
    .option("--item <sample:event>", "a drawn item, e.g. S1:0b4c…")
    .option("--event <ref>", "any fact: event id, or STREAM@REVISION as `replay` prints them")
    .option("--finding <id>", "a finding, e.g. F1")
    .addOption(new Option("--result <result>", "of the test").choices(["agreed", "exception"]))

const findingCommand = (): Command =>
  on("finding", "raise a finding, with events as its evidence", async (client, at, options) => {
    const body = {
      severity: options["severity"],
      title: options["title"],
      rule: options["rule"],
      evidence: options["evidence"],
      amount_fen: fenOf(textIn(options, "amount") ?? "0"),
      recommendation: options["recommendation"],
    }
    const paper = await post(client, `${at}/findings`, body)
    shown(options, paper, `✓ ${paper.findings.at(-1)?.finding ?? ""}: ${paper.findings.length} findings`)
  })
    .requiredOption("--title <text>", "what is wrong")
    .requiredOption("--rule <text>", "rule or article that is broken")
    .requiredOption("--evidence <ref...>", "event ids, or STREAM@REVISION")
    .requiredOption("--recommendation <text>", "what should be done")
    .option("--amount <yuan>", "money at stake", "0")
    .addOption(new Option("--severity <severity>").choices(["major", "moderate", "minor"]).default("moderate"))

const settleCommand = (name: "resolve" | "withdraw", description: string): Command =>
  on(
    name,
    description,
    async (client, at, options, [, finding = ""]) => {
      const paper = await post(client, `${at}/findings/${encodeURIComponent(finding)}/${name}`, { reason: options["reason"] })
      shown(options, paper, `✓ ${finding} ${paper.findings.find((one) => one.finding === finding)?.status ?? ""}`)
    },
    ["<finding>"],
  ).requiredOption("--reason <text>", "why")

const checkCommand = (): Command =>
  on("check", "run fsck (or verify) and enter what it says", async (client, at, options) => {
    const kind = options["verify"] === true ? "verify" : "fsck"
    const started = await client.post<Job<FsckReport | VerifyReport>>("auditor", `/audit/${kind}`, {}, "audit")
    await follow(client, "audit", started, kind, options["json"] === true)
    const paper = await post(client, `${at}/checks`, { job: started.id })
    const last = paper.checks.at(-1)
    if (last?.ok !== true) process.exitCode = 1
    shown(
      options,
      paper,
      `${last?.ok === true ? "✓ 一致 no difference" : `✗ ${last?.first ?? "differences"}`}: ${count(last?.events ?? 0)} events`,
    )
  }).option("--verify", "fold everybody and compare with the record, without the published log")

const reviewCommand = (): Command =>
  on("review", "as the second reader, who has written nothing in it", async (client, at, options) => {
    const paper = await post(client, `${at}/reviews`, { opinion: options["opinion"] })
    shown(options, paper, `✓ ${paper.reviews.map(({ stamp }) => stamp.by).join(", ")}`)
  }).requiredOption("--opinion <text>", "what the second reader says")

const closeCommand = (): Command =>
  on("close", "conclude: nothing is taken in afterwards, and the report can be signed", async (client, at, options) => {
    const paper = await post(client, `${at}/close`, { conclusion: options["conclusion"] })
    const { position = "", checkpoint = null } = paper.closing ?? {}
    shown(
      options,
      paper,
      `✓ closed at ${position}${checkpoint === null ? "" : `, checkpoint of ${checkpoint.split("\n")[1]} events`}`,
    )
  }).requiredOption("--conclusion <text>", "what the audit has come to")

export const paperCommands = (): readonly Command[] => [
  openCommand(),
  listCommand(),
  showCommand(),
  drawCommand(),
  redrawCommand(),
  noteCommand(),
  findingCommand(),
  settleCommand("resolve", "what was found has been put right"),
  settleCommand("withdraw", "it was no finding; it stays in the report as withdrawn"),
  checkCommand(),
  reviewCommand(),
  closeCommand(),
]
