/** `tongzhang audit report|verify-report|key`: the signed report, and checking one without any ledger. */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { extname } from "node:path"
import { checkPage, checkReport } from "@tongzhang/audit/workpapers/report/check"
import { pageOf } from "@tongzhang/audit/workpapers/report/page"
import { fileOf, type SignedReport } from "@tongzhang/audit/workpapers/report/signed"
import { formatNote, type NoteKey, parseNote } from "@tongzhang/proof/note"
import { openNoteSigner } from "@tongzhang/proof/signer"
import { Command } from "commander"
import { localReportKey, reportKeyPath } from "../proof-key.js"
import { type Client, Explained, type ProblemBody } from "./client.js"
import { connect, connectAuditor, dataDirOf } from "./connect.js"
import { count } from "./format.js"
import { explained, keyOf } from "./vkey.js"

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const forms: Readonly<Record<string, string>> = {
  ".json": "report.json",
  ".html": "report.html",
  ".xlsx": "papers.xlsx",
  ".zip": "papers.zip",
}

const fetched = async (client: Client, engagement: string, form: string, draft: boolean): Promise<Buffer> => {
  const path = `/audit/workpapers/${encodeURIComponent(engagement)}/${form}${draft ? "?draft=true" : ""}`
  const answer = await client.raw("auditor", "GET", path, { headers: { "x-purpose": "audit" } })
  if (answer.ok) return Buffer.from(await answer.arrayBuffer())
  const { rule, hint_zh, hint_en } = (await answer.json()) as ProblemBody
  throw new Explained(rule, `${hint_zh}\n  ${hint_en}`)
}

/** One more signature under the same text: the auditor's own, made here with a key that never leaves this machine. */
const cosigned = (file: string, keyFile: string): SignedReport => {
  const signer = explained(() => openNoteSigner(readFileSync(keyFile, "utf8")), "a key as `tongzhang proof key NAME` makes it")
  const signed = JSON.parse(file) as SignedReport
  const note = signed.signature === null ? null : parseNote(signed.signature)
  if (note === null) throw new Explained("a draft is not signed", "close the engagement first")
  return { ...signed, signature: formatNote({ ...note, signatures: [...note.signatures, signer.sign(note.text)] }) }
}

const drawn = (signed: SignedReport, end: string): Buffer => {
  const file = fileOf(signed)
  return Buffer.from(end === ".json" ? file : pageOf(signed, file))
}

type ReportOptions = { readonly out: string; readonly draft?: boolean; readonly signWith?: string; readonly as?: string }

const makeReport = async (engagement: string, options: ReportOptions, command: Command): Promise<void> => {
  const { out, draft = false, signWith } = options
  const end = extname(out)
  const form = forms[end]
  if (form === undefined) throw new Explained(`${out} is no .html, .json, .xlsx or .zip`, `name the file ${engagement}.html`)
  const client = await connectAuditor(command, options.as)
  if (signWith !== undefined && end !== ".json" && end !== ".html")
    throw new Explained(`a ${end} is not signed`, "sign the .json or the .html")
  const bytes =
    signWith === undefined
      ? await fetched(client, engagement, form, draft)
      : drawn(cosigned((await fetched(client, engagement, "report.json", draft)).toString("utf8"), signWith), end)
  explained(() => writeFileSync(out, bytes), "name a file in a folder that exists")
  say(`✓ ${out}: ${count(bytes.length)} bytes`)
}

const reportCommand = (): Command =>
  new Command("report")
    .description("the signed report as .html or .json, or the papers as .xlsx or .zip with a manifest of hashes")
    .argument("<engagement>")
    .requiredOption("--out <file>", "FILE.html, .json, .xlsx or .zip")
    .option("--draft", "an unsigned draft of an engagement that is still open")
    .option("--sign-with <file>", "add your own signature, with a key of `tongzhang proof key NAME`")
    .option("--as <auditor>", "which auditor you are, on a local ledger any name")
    .action(async (engagement: string, options: ReportOptions, command: Command) => makeReport(engagement, options, command))

/** Keys the user names, or that of the local ledger when there is one. */
const trusted = (command: Command, given: readonly string[] | undefined): readonly NoteKey[] => {
  if (given !== undefined) return given.map(keyOf)
  const dataDir = dataDirOf(command)
  if (!existsSync(reportKeyPath(dataDir)))
    throw new Explained(
      "whose key is to be trusted?",
      "name the audit office's verifier key with --key (from somewhere else than the report)",
    )
  return [openNoteSigner(localReportKey(dataDir)).key]
}

type VerifyOptions = { readonly key?: string[]; readonly logKey?: string; readonly witness?: string[]; readonly json?: boolean }

const verifyReportCommand = (): Command =>
  new Command("verify-report")
    .description("check a report, .json or .html; needs no ledger and no network")
    .argument("<file>")
    .option("--key <vkey...>", "who must have signed it; default: the local ledger's report key")
    .option("--log-key <vkey>", "the ledger's log; default: the one the report names")
    .option("--witness <vkey...>", "witnesses who must have signed the checkpoint it stands on")
    .option("--json", "print JSON")
    .action(async (path: string, options: VerifyOptions, command: Command) => {
      const keys = trusted(command, options.key)
      const log = options.logKey === undefined ? undefined : keyOf(options.logKey)
      const witnesses = (options.witness ?? []).map(keyOf)
      const text = explained(() => readFileSync(path, "utf8"), "name a report's file")
      const check = await (text.trimStart().startsWith("<") ? checkPage : checkReport)(text, { keys, log, witnesses })
      if (!check.ok) process.exitCode = 1
      const { ok, problems, report, signedBy, receipts } = check
      if (options.json === true)
        return say(JSON.stringify({ ok, problems, engagement: report?.engagement ?? null, signedBy, receipts }, null, 2))
      for (const problem of problems) say(`✗ ${problem}`)
      if (!ok || report === null) return
      say(`✓ ${report.engagement} ${report.title}`)
      say(`  签名 signed by ${signedBy.join(", ")}`)
      say(`  结论 ${report.conclusion ?? "-"}`)
      say(`  账本位置 position ${report.position}; 证据回执 receipts of evidence ${count(receipts)}`)
      if (report.proof !== null)
        say(
          `  检查点 checkpoint of ${count(report.proof.size)} events, ${log === undefined ? `by the key it names: ${report.proof.log}` : `signed by ${log.name}`}`,
        )
    })

const keyCommand = (): Command =>
  new Command("key")
    .description("the verifier key that reports of this ledger are signed with")
    .action(async (_options: unknown, command: Command) => {
      const { vkey } = await connect(command).get<{ vkey: string | null }>("auditor", "/audit/workpapers/key", "audit")
      if (vkey === null)
        throw new Explained("this ledger signs no reports", "set REPORT_KEY, as `tongzhang proof key NAME` makes it")
      say(vkey)
    })

export const reportCommands = (): readonly Command[] => [reportCommand(), verifyReportCommand(), keyCommand()]
