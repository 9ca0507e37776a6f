/** `tongzhang audit`: what an auditor does and takes home. Here: the trial balance of any moment, and the tables of GB/T 40217-2021. */
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { BooksReport } from "@tongzhang/audit/books/trial-balance"
import type { QualityReport } from "@tongzhang/audit/gbt40217/export"
import { tableNumbers, tables, tablesNotHeld } from "@tongzhang/audit/gbt40217/tables"
import { accounts } from "@tongzhang/record/books/accounts"
import { Command } from "commander"
import { type Client, Explained } from "./client.js"
import { paperCommands } from "./audit-papers.js"
import { reportCommands } from "./audit-report.js"
import { sampleCommand } from "./audit-sample.js"
import { connect } from "./connect.js"
import { count, provinceName, table, yuan } from "./format.js"

/** `?a=b&c=d` of what is given. */
const queryOf = (parts: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]))
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`
}

const save = async (client: Client, path: string, file: string): Promise<void> => {
  const response = await client.raw("auditor", "GET", path, { headers: { "x-purpose": "audit" } })
  if (!response.ok || response.body === null) throw new Explained(`the ledger answered ${response.status}`, await response.text())
  const target = createWriteStream(file)
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), target)
  process.stdout.write(`✓ ${file}: ${count(target.bytesWritten)} bytes\n`)
}

const draw = (report: BooksReport): string => {
  const { rows, debit_fen, credit_fen, ok, differences, unposted, position, posted, record, province } = report
  const drawn = table(rows, [
    { head: "科目 account", of: (row) => `${accounts[row.account].zh}${row.payer === "" ? "" : ` (${row.payer})`}` },
    { head: "地区", of: (row) => provinceName(row.province) },
    { head: "险种", of: (row) => row.scheme ?? "" },
    { head: "借方 debit", right: true, of: (row) => yuan(row.debit_fen) },
    { head: "贷方 credit", right: true, of: (row) => yuan(row.credit_fen) },
    { head: "余额 balance", right: true, of: (row) => yuan(row.balance_fen) },
  ])
  const about = `${count(posted)} money events up to ${position ?? "the beginning"}; record: ${record}`
  const difference_fen = debit_fen - credit_fen
  return [
    drawn,
    `合计 total: debit ${yuan(debit_fen)}, credit ${yuan(credit_fen)}, difference ${yuan(difference_fen)}${province !== null && difference_fen !== 0 ? " (what the province's transfers brought in or sent away)" : ""}`,
    ...differences.map(
      ({ what, books_fen, other_fen }) => `✗ ${what}: ${yuan(books_fen)} in the books, ${yuan(other_fen)} elsewhere`,
    ),
    ...unposted.slice(0, 20).map(({ stream, revision, cause }) => `✗ ${stream} #${revision}: ${cause}`),
    `${ok ? "✓ 借贷平衡 the books balance and tie out" : `✗ ${differences.length} differences, ${unposted.length} events not posted`}: ${about}`,
  ].join("\n")
}

type BalanceOptions = {
  readonly province?: string
  readonly knownAt?: string
  readonly recount?: boolean
  readonly out?: string
  readonly json?: boolean
}

const balanceCommand = (): Command =>
  new Command("balance")
    .description("trial balance: every money event as balanced entries")
    .option("--province <code>", "only the accounts of one province, e.g. 31")
    .option("--known-at <time>", "log position, moment or date: only what the ledger knew then")
    .option("--recount", "walk from the first fact, taking nothing from what the service has kept")
    .option("--out <file>", "write to FILE.csv or FILE.xlsx")
    .option("--json", "print JSON")
    .action(async ({ province, knownAt, recount, out, json }: BalanceOptions, command: Command) => {
      const client = connect(command)
      const query = queryOf({ province, knownAt, recount: recount === true ? "true" : undefined })
      if (out !== undefined) {
        const end = /\.(csv|xlsx)$/u.exec(out)?.[1]
        if (end === undefined) throw new Explained(`${out} is neither .csv nor .xlsx`, "name the file books.csv or books.xlsx")
        return save(client, `/audit/books.${end}${query}`, out)
      }
      const report = await client.get<BooksReport>("auditor", `/audit/books${query}`, "audit")
      process.stdout.write(json === true ? `${JSON.stringify(report, null, 2)}\n` : `${draw(report)}\n`)
      if (!report.ok) process.exitCode = 1
    })

type ExportOptions = {
  readonly province?: string
  readonly from?: string
  readonly to?: string
  readonly knownAt?: string
  readonly table?: string
  readonly format: string
  readonly reveal?: boolean
  readonly out: string
}

/** One file per table, and beside them which quality rules are broken and which tables are not held. */
const exportTables = async (client: Client, options: ExportOptions): Promise<void> => {
  const { province, from, to, knownAt, format, reveal, out } = options
  const wanted = tableNumbers.filter((number) => options.table === undefined || number === options.table)
  if (wanted.length === 0) throw new Explained(`no table ${options.table}`, `tables: ${tableNumbers.join(", ")}`)
  if (!["xml", "csv", "xlsx"].includes(format)) throw new Explained(`no format ${format}`, "formats: xml, csv, xlsx")
  mkdirSync(out, { recursive: true })
  const quality: QualityReport[] = []
  for (const number of wanted) {
    const asked = { table: number, province, from, to, knownAt }
    const query = queryOf({ ...asked, format, reveal: reveal === true ? "true" : undefined })
    await save(client, `/audit/export/gbt40217${query}`, join(out, `${number.padStart(2, "0")}-${tables[number].row}.${format}`))
    quality.push(await client.get<QualityReport>("auditor", `/audit/export/gbt40217/quality${queryOf(asked)}`, "audit"))
  }
  const beside = join(out, "quality.json")
  writeFileSync(beside, `${JSON.stringify({ quality, tablesNotHeld }, null, 2)}\n`)
  for (const { table: number, rows, violations_total, byRule } of quality)
    process.stdout.write(
      `${violations_total === 0 ? "✓" : "!"} 表 ${number} ${tables[number].row}: ${count(rows)} rows${violations_total === 0 ? "" : `, ${count(violations_total)} against ${Object.keys(byRule).join(", ")}`}\n`,
    )
  process.stdout.write(`✓ ${beside}\n`)
}

const exportCommand = (): Command =>
  new Command("export")
    .description("history in the tables of GB/T 40217-2021, each with the quality rules it breaks")
    .requiredOption("--out <folder>", "where the files go")
    .option("--table <number>", "one table only, e.g. 11")
    .option("--province <code>", "one province only")
    .option("--from <date>", "first day, e.g. 2024-01-01")
    .option("--to <date>", "last day")
    .option("--known-at <time>", "log position, moment or date: only what the ledger knew then")
    .option("--format <format>", "xml (GB 18030), csv or xlsx", "xml")
    .option("--reveal", "names and ID numbers in full")
    .action(async (options: ExportOptions, command: Command) => exportTables(connect(command), options))

export const auditCommand = (): Command => {
  const audit = new Command("audit").description(
    "an auditor's work: engagements with samples, notes, findings and a signed report; trial balance, official tables",
  )
  for (const command of [balanceCommand(), exportCommand(), sampleCommand(), ...paperCommands(), ...reportCommands()])
    audit.addCommand(command)
  return audit
}
