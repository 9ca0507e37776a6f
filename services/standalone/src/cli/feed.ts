/** `tongzhang feed FILE --province 31 [--dry-run]`: sends a file as a province would, shows every row that needs attention. */
import { openAsBlob, existsSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { Command } from "commander"
import { type Client, Explained } from "./client.js"
import { connect } from "./connect.js"
import { count, table, yuan } from "./format.js"
import { progress } from "./progress.js"

type FeedView = {
  readonly feedId: string
  readonly state: string
  readonly encoding: string
  readonly format: string
  readonly unknownColumns: readonly string[]
  readonly failure: string | null
  readonly job: { readonly done: number; readonly total: number | null } | null
  readonly result: {
    readonly rows: number
    readonly accepted: number
    readonly warned: number
    readonly unchanged: number
    readonly refused: number
    readonly events: number
    readonly paid_fen: number
    readonly receiptNo: string | null
    readonly seconds: number
  } | null
}
type Sent = { readonly feedId: string }
type Options = {
  readonly province: string
  readonly dryRun?: boolean
  readonly columns?: string
  readonly result?: string
  readonly failed?: string
  readonly json?: boolean
}

const explainProblem = async (response: Response): Promise<never> => {
  const body = (await response.json().catch(() => ({}))) as { rule?: string; hint_zh?: string; hint_en?: string }
  throw new Explained(`${body.rule ?? response.status}`, `${body.hint_zh ?? ""}\n  ${body.hint_en ?? ""}`)
}

const send = async (client: Client, path: string, options: Options): Promise<Sent> => {
  const query = new URLSearchParams({
    province: options.province,
    dryRun: String(options.dryRun === true),
    fileName: basename(path),
    ...(options.columns === undefined ? {} : { columns: options.columns }),
  })
  const form = new FormData()
  form.set("file", await openAsBlob(path), basename(path))
  const response = await client.raw(`agency:${options.province}`, "POST", `/intake/feeds?${query.toString()}`, { body: form })
  return response.ok ? ((await response.json()) as Sent) : explainProblem(response)
}

const watch = async (client: Client, as: string, feedId: string, quiet: boolean): Promise<FeedView> => {
  const shown = progress("报送 feeding rows", 0, quiet)
  for (;;) {
    const view = await client.get<FeedView>(as, `/intake/feeds/${feedId}`)
    shown.to(view.job?.done ?? view.result?.rows ?? 0, view.job?.total ?? view.result?.rows ?? 0)
    if (view.state !== "queued" && view.state !== "running") {
      shown.end()
      return view
    }
    await pause(150)
  }
}

const save = async (client: Client, as: string, path: string, file: string): Promise<void> => {
  const response = await client.raw(as, "GET", path, {})
  if (!response.ok) return explainProblem(response)
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
}

export const drawFeed = (view: FeedView): string => {
  const { result } = view
  if (result === null) return `✗ ${view.state}: ${view.failure ?? "interrupted; it goes on when the ledger starts again"}`
  const counts = table(
    [result],
    [
      { head: "行 rows", right: true, of: (row) => count(row.rows) },
      { head: "受理 accepted", right: true, of: (row) => count(row.accepted) },
      { head: "提示 warned", right: true, of: (row) => count(row.warned) },
      { head: "已有 unchanged", right: true, of: (row) => count(row.unchanged) },
      { head: "退回 refused", right: true, of: (row) => count(row.refused) },
      { head: "事件 events", right: true, of: (row) => count(row.events) },
      { head: "金额 paid", right: true, of: (row) => yuan(row.paid_fen) },
    ],
  )
  return [
    counts,
    `${view.format}, ${view.encoding}, ${result.seconds.toFixed(2)} s${result.receiptNo === null ? " · 试算, 未入账 dry run, nothing written" : ` · 回执 receipt ${result.receiptNo}`}`,
  ].join("\n")
}

export const feedCommand = (): Command =>
  new Command("feed")
    .description("send a province's file (CSV, XLSX, NDJSON; UTF-8 or GBK)")
    .argument("<file>")
    .requiredOption("--province <code>", "the sending province, e.g. 31")
    .option("--dry-run", "judge every row, write nothing")
    .option("--columns <own|remembered>", "remembered: headers as this agency has assigned them in the console")
    .option("--result <file>", "save the result: the rows with status, code and hint (.csv or .xlsx)")
    .option("--failed <file>", "save only the refused rows, to be corrected and sent again")
    .option("--json", "print JSON")
    .action(async (path: string, options: Options, command: Command) => {
      if (!existsSync(path)) throw new Explained(`no file ${path}`, "check the path")
      const client = connect(command)
      const as = `agency:${options.province}`
      const { feedId } = await send(client, path, options)
      const view = await watch(client, as, feedId, options.json === true)
      if (options.result !== undefined)
        await save(
          client,
          as,
          `/intake/feeds/${feedId}/result.${options.result.endsWith(".xlsx") ? "xlsx" : "csv"}`,
          options.result,
        )
      if (options.failed !== undefined) await save(client, as, `/intake/feeds/${feedId}/failed.csv`, options.failed)
      process.stdout.write(options.json === true ? `${JSON.stringify(view, null, 2)}\n` : `${drawFeed(view)}\n`)
      if (view.unknownColumns.length > 0 && options.json !== true)
        process.stdout.write(`unknown columns left alone: ${view.unknownColumns.join(", ")}\n`)
      if (view.result !== null && view.result.refused > 0 && options.result === undefined && options.json !== true)
        process.stdout.write("see why with --result result.csv; send the rest again with --failed failed.csv\n")
    })
