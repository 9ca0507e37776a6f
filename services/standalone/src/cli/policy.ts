/** `tongzhang policy`: parameters of the law: what is published, publish and withdraw, and look for gaps and contradictions. */
import { existsSync, readFileSync } from "node:fs"
import { lintTable } from "@tongzhang/law/decision-table-lint"
import { decisionTables } from "@tongzhang/law/decision-tables"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { type Finding, lintParameters } from "@tongzhang/law/parameters/lint"
import type { Parameter } from "@tongzhang/law/parameters/parameter"
import { named } from "@tongzhang/law/parameters/row"
import { Argument, Command } from "commander"
import { Explained } from "./client.js"
import { connect } from "./connect.js"
import { count, provinceName, table } from "./format.js"

type Options = {
  readonly family?: string
  readonly province?: string
  readonly builtIn?: boolean
  readonly reason?: string
  readonly until: string
  readonly gaps?: boolean
  readonly json?: boolean
}
type Listed = Parameter & { readonly event: { readonly stream: string; readonly revision: number } | null }

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2))

/** An array of parameters, or what `list --json` prints. */
const readParameters = (path: string): readonly Parameter[] => {
  if (!existsSync(path))
    throw new Explained(`no file ${path}`, "name a JSON file with parameters, as `policy list --json` prints them")
  const content = JSON.parse(readFileSync(path, "utf8")) as readonly Parameter[] | { readonly parameters: readonly Parameter[] }
  const all = "parameters" in content ? content.parameters : content
  return all.map((one) => named({ ...one, region: one.region ?? null, key: one.key ?? null, document: one.document ?? null }))
}

const needed = (value: string | undefined, what: string): string => {
  if (value === undefined) throw new Explained(`${what} is missing`, "see `policy --help`")
  return value
}

const matches = (one: Parameter, { family, province }: Options): boolean =>
  (family === undefined || one.family === family) && (province === undefined || (one.province ?? "CN") === province)

const list = async (options: Options, command: Command): Promise<void> => {
  const query = new URLSearchParams()
  if (options.family !== undefined) query.set("family", options.family)
  if (options.province !== undefined) query.set("province", options.province)
  const found =
    options.builtIn === true
      ? builtInParameters.all.filter((one) => matches(one, options)).map((one): Listed => ({ ...one, event: null }))
      : (await connect(command).get<{ parameters: readonly Listed[] }>("center", `/intake/policies?${query.toString()}`))
          .parameters
  if (options.json === true) return sayJson({ parameters: found })
  const drawn = table(found, [
    { head: "编号 id", of: ({ id }) => id },
    { head: "数值 value", right: true, of: ({ value }) => JSON.stringify(value) },
    { head: "单位", of: ({ unit }) => unit },
    { head: "有效期 valid", of: ({ validFrom, validTo }) => `${validFrom} … ${validTo ?? ""}` },
    { head: "依据 document", of: ({ document, source }) => document ?? source.slice(0, 40) },
    { head: "可信度", of: ({ confidence }) => confidence },
    { head: "事件 event", of: ({ event }) => (event === null ? "built in" : `${event.stream}@${event.revision}`) },
  ])
  say(`${drawn}\n${count(found.length)} parameters`)
}

const publish = async (path: string | undefined, options: Options, command: Command): Promise<void> => {
  const read = options.builtIn === true ? builtInParameters.all : readParameters(needed(path, "the file"))
  // Where a parameter came from is the ledger's to say, and a remark is not published.
  const parameters = read
    .filter((one) => matches(one, options))
    .map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== "event" && name !== "note")))
  const done = await connect(command).post<{ published: number; unchanged: number; streams: readonly string[] }>(
    "center",
    "/intake/policies",
    { parameters },
  )
  if (options.json === true) return sayJson(done)
  say(`✓ ${count(done.published)} published, ${count(done.unchanged)} were published before (${done.streams.length} streams)`)
}

const withdraw = async (id: string | undefined, options: Options, command: Command): Promise<void> => {
  const name = needed(id, "the parameter's id")
  const place = name.split("/")[1]
  const body = { id: name, province: place === "CN" ? null : place, reason: needed(options.reason, "--reason") }
  const done = await connect(command).post<{ withdrawn: boolean }>("center", "/intake/policies/withdrawals", body)
  if (options.json === true) return sayJson(done)
  say(done.withdrawn ? `✓ ${name} is withdrawn` : `${name} was withdrawn before`)
}

const period = ({ from, to }: Finding): string => (from === null ? "" : `${from} … ${to ?? ""}`)

const drawGaps = (gaps: readonly Finding[]): string => {
  const rows = [...new Set(gaps.map(({ family }) => family))].map((family) => {
    const own = gaps.filter((gap) => gap.family === family)
    return { family, places: new Set(own.map(({ place }) => place)).size, gaps: own.length }
  })
  return table(rows, [
    { head: "类别 family", of: (row) => row.family },
    { head: "地区 places", right: true, of: (row) => row.places },
    { head: "空档 gaps", right: true, of: (row) => row.gaps },
  ])
}

const lint = (path: string | undefined, options: Options): void => {
  const all = path === undefined ? builtInParameters.all : readParameters(path)
  const found = lintParameters(all, {
    until: options.until,
    // A file is of the future: it may cite notices that this program has never heard of, and need not be complete.
    ...(path === undefined ? {} : { documents: null, coverage: [] }),
  })
  const tables = path === undefined ? decisionTables.flatMap((each) => lintTable(each)) : []
  const wrong = found.filter(({ severity }) => severity === "error")
  const gaps = found.filter(({ severity }) => severity === "gap")
  if (wrong.length > 0) process.exitCode = 1
  if (options.json === true)
    return sayJson({ parameters: all.length, errors: wrong.length, findings: found, decisionTables: tables })
  for (const one of found.filter(({ severity }) => severity !== "gap"))
    say(`${one.severity === "error" ? "✗" : "·"} ${one.parameters.join(" × ")} ${period(one)} ${one.text_zh} ${one.text_en}`)
  if (options.gaps === true)
    for (const gap of gaps) say(`  ${gap.family} ${provinceName(gap.place)}: ${gap.text_zh} ${gap.text_en}`)
  else if (gaps.length > 0) say(`已知空档 known gaps (--gaps lists them):\n${drawGaps(gaps)}`)
  if (tables.length > 0) say("\n判定表待裁定 decision tables that need a ruling:")
  for (const one of tables)
    say(`? ${one.table}: ${one.kind} at ${one.where_text}${one.outcomes.length === 0 ? "" : ` (${one.outcomes.join(" / ")})`}`)
  const verdict = wrong.length === 0 ? "✓ 无矛盾 no contradictions" : `✗ ${wrong.length} errors`
  say(`\n${verdict}: ${count(all.length)} parameters, ${gaps.length} known gaps, ${tables.length} rulings needed`)
}

/** What is known about the tables ends with the month in which they were collected. */
const collected = "2026-10"

export const policyCommand = (): Command =>
  new Command("policy")
    .description("parameters of the law: published ones, publish, withdraw, lint")
    .addArgument(new Argument("<action>", "what to do").choices(["list", "publish", "withdraw", "lint"]))
    .argument("[what]", "publish, lint: a JSON file; withdraw: the parameter's id")
    .option("--family <name>", "only this family (base-floor, pension-base …)")
    .option("--province <code>", "only this province; CN is the nation")
    .option("--built-in", "the tables of this program instead of the ledger's or a file's")
    .option("--reason <text>", "withdraw: why it was wrong")
    .option("--until <month>", "lint: look for gaps up to this month", collected)
    .option("--gaps", "lint: list every known gap")
    .option("--json", "print JSON")
    .action(async (action: string, what: string | undefined, options: Options, command: Command) => {
      if (action === "list") await list(options, command)
      else if (action === "publish") await publish(what, options, command)
      else if (action === "withdraw") await withdraw(what, options, command)
      else lint(what, options)
    })
