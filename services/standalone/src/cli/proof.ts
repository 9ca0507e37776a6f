/** `tongzhang proof …`: checkpoints, receipts, witnesses; and checking a receipt without any ledger. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { formatVkey, type NoteKey } from "@tongzhang/proof/note"
import { qrParts } from "@tongzhang/proof/qr"
import { checkReceipt } from "@tongzhang/proof/receipt"
import { newSigningKey, openCosigner, openNoteSigner } from "@tongzhang/proof/signer"
import { Command } from "commander"
import QRCode from "qrcode"
import { localProofKey, proofFolder } from "../proof-key.js"
import { Explained } from "./client.js"
import { connect, dataDirOf } from "./connect.js"
import { count } from "./format.js"
import { bundleCommand } from "./proof-bundle.js"
import { witnessCommand } from "./proof-witness.js"
import { explained, keyOf } from "./vkey.js"

const say = (text: string): void => void process.stdout.write(`${text}\n`)

type LogInfo = {
  readonly origin: string
  readonly vkey: string
  readonly size: number
  readonly root: string
  readonly witnesses: readonly string[]
}
type Answer = { readonly event: string; readonly index: number; readonly size: number; readonly receipt: string }

const checkpointCommand = (): Command =>
  new Command("checkpoint")
    .description("the newest signed checkpoint, and the keys to check it with")
    .option("--json", "print JSON")
    .option("--witnessed", "the newest one that witnesses have signed")
    .action(async (options: { json?: boolean; witnessed?: boolean }, command: Command) => {
      const client = connect(command)
      const info = await client.get<LogInfo>("auditor", "/audit/proof/log", "audit")
      const path = options.witnessed === true ? "checkpoint.witnessed" : "checkpoint"
      const answer = await client.raw("auditor", "GET", `/audit/proof/${path}`, {})
      if (!answer.ok)
        throw new Explained(`no ${path} yet`, "add a witness with `tongzhang proof witness add URL`, or feed the ledger first")
      const checkpoint = await answer.text()
      if (options.json === true) return say(JSON.stringify({ ...info, checkpoint }, null, 2))
      say(checkpoint.trimEnd())
      say(`\n${count(info.size)} events\nlog      ${info.vkey}`)
      for (const witness of info.witnesses) say(`witness  ${witness}`)
    })

/** An event id, or `STREAM@REVISION` as `tongzhang replay` prints them. */
const pathOf = (event: string): string => {
  const [, stream, revision] = /^(.+)@([0-9]+)$/u.exec(event) ?? []
  return stream === undefined
    ? `/audit/proof/events/${encodeURIComponent(event)}`
    : `/audit/proof/streams/${encodeURIComponent(stream)}/${String(revision)}`
}

const writeCodes = async (folder: string, receipt: string): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  for (const [i, part] of qrParts(receipt).entries())
    await QRCode.toFile(join(folder, `receipt-${i + 1}.svg`), part, { type: "svg", errorCorrectionLevel: "L" })
}

const eventCommand = (): Command =>
  new Command("event")
    .description("a receipt of one event: proof of inclusion, checkpoint, witnesses")
    .argument("<event>", "event id, or STREAM@REVISION")
    .option("--out <file>", "write the receipt to a file")
    .option("--qr <folder>", "write it as QR codes (SVG) for the offline page")
    .option("--json", "print JSON")
    .action(async (event: string, options: { out?: string; qr?: string; json?: boolean }, command: Command) => {
      const answer = await connect(command).get<Answer>("auditor", pathOf(event), "audit")
      if (options.out !== undefined) writeFileSync(options.out, answer.receipt)
      if (options.qr !== undefined) await writeCodes(options.qr, answer.receipt)
      if (options.json === true) return say(JSON.stringify(answer, null, 2))
      if (options.out === undefined) return say(answer.receipt.trimEnd())
      say(`event ${answer.event}: entry ${count(answer.index)} of ${count(answer.size)}, receipt in ${options.out}`)
    })

/** Keys the user names, or those of the local ledger when there is one. */
const trustOf = (command: Command, given: string | undefined): NoteKey => {
  if (given !== undefined) return keyOf(given)
  const dataDir = dataDirOf(command)
  if (!existsSync(`${proofFolder(dataDir)}/log.key`))
    throw new Explained(
      "whose key is to be trusted?",
      "name the ledger's verifier key with --key (from somewhere else than the receipt)",
    )
  return openNoteSigner(localProofKey(dataDir)).key
}

const verifyCommand = (): Command =>
  new Command("verify")
    .description("check a receipt; needs no ledger and no network")
    .argument("<receipt>", "file")
    .option("--key <vkey>", "the ledger's verifier key; default: the local ledger's")
    .option("--witness <vkey...>", "witnesses you trust")
    .option("--witnesses-min <n>", "how many of them must have signed; default: all named", Number)
    .option("--json", "print JSON")
    .action(
      async (
        file: string,
        options: { key?: string; witness?: string[]; witnessesMin?: number; json?: boolean },
        command: Command,
      ) => {
        const log = trustOf(command, options.key)
        const witnesses = (options.witness ?? []).map(keyOf)
        const text = explained(() => readFileSync(file, "utf8"), "name a receipt's file")
        const check = await checkReceipt(text, log, witnesses, options.witnessesMin ?? witnesses.length)
        if (!check.ok) process.exitCode = 1
        if (options.json === true)
          return say(JSON.stringify(check.ok ? { ok: true, entry: check.entry, size: check.size } : check, null, 2))
        if (!check.ok) return say(`✗ ${check.problem}: ${check.what}`)
        say(`✓ event ${check.entry.id} stands at ${count(check.receipt.index)} in a log of ${count(check.size)} events`)
        for (const { key, time } of check.signed)
          say(`  signed by ${key.name}${time === null ? "" : `, a witness, on ${new Date(time * 1000).toISOString()}`}`)
        say(`  recorded ${new Date(check.receipt.recordedAt).toISOString()}\n  ${check.receipt.content}`)
      },
    )

const keyCommand = (): Command =>
  new Command("key")
    .description("a new signing key for a log or a witness, and its verifier keys")
    .argument("<name>", "a log's origin or a witness's name, e.g. witness.example/44")
    .action((name: string) => {
      const key = explained(() => newSigningKey(name), "a name takes no spaces and no +")
      say(`${key}\nas a log      ${formatVkey(openNoteSigner(key).key)}\nas a witness  ${formatVkey(openCosigner(key).key)}`)
    })

export const proofCommand = (): Command =>
  new Command("proof")
    .description("prove that nothing was removed or altered: checkpoints, receipts, witnesses")
    .addCommand(checkpointCommand())
    .addCommand(eventCommand())
    .addCommand(witnessCommand())
    .addCommand(verifyCommand())
    .addCommand(bundleCommand())
    .addCommand(keyCommand())
