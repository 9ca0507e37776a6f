/** `tongzhang proof witness …`: another province's process that watches this ledger, and the ledger's list of such witnesses. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { readWitnesses } from "@tongzhang/audit/proof/keeper"
import { addWitnessRoutes } from "@tongzhang/audit/proof/witness-routes"
import { fileTiles } from "@tongzhang/proof/files"
import { algorithms, formatVkey } from "@tongzhang/proof/note"
import { newSigningKey, openCosigner } from "@tongzhang/proof/signer"
import { createWitness } from "@tongzhang/proof/witness"
import { systemClock } from "@tongzhang/service-kit/clock"
import { createServer } from "@tongzhang/service-kit/http"
import { createLogger } from "@tongzhang/service-kit/logger"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { createShutdown } from "@tongzhang/service-kit/shutdown"
import { createVerifier } from "@tongzhang/service-kit/token"
import { Command } from "commander"
import { proofFolder } from "../proof-key.js"
import { version } from "../version.js"
import { Explained } from "./client.js"
import { connect, dataDirOf } from "./connect.js"
import { keyOf } from "./vkey.js"

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const keyIn = (folder: string, name: string | undefined): string => {
  const path = join(folder, "witness.key")
  if (existsSync(path)) return readFileSync(path, "utf8").trim()
  if (name === undefined) throw new Explained("a new witness needs a name", "give it one with --name, e.g. witness.example/44")
  mkdirSync(folder, { recursive: true })
  const key = newSigningKey(name)
  writeFileSync(path, `${key}\n`, { mode: 0o600, flush: true })
  return key
}

type Serve = { folder: string; name?: string; log: string[]; port: number; host: string }

const serveCommand = (): Command =>
  new Command("serve")
    .description("be a witness: sign a ledger's checkpoints as long as each continues the last (c2sp.org/tlog-witness)")
    .requiredOption("--folder <folder>", "its key and its memory; keep it apart from the ledger")
    .requiredOption("--log <vkey...>", "verifier keys of the ledgers it watches")
    .option("--name <name>", "at the first start: its name, e.g. witness.example/44")
    .option("--port <port>", "port", Number, 7_444)
    .option("--host <host>", "address to listen at", "127.0.0.1")
    .action(async (options: Serve) => {
      const logs = options.log.map(keyOf)
      const signer = openCosigner(keyIn(options.folder, options.name))
      const state = fileTiles(join(options.folder, "state"))
      const witness = createWitness({ signer, logs, state, now: systemClock.now })
      const logger = createLogger({ service: "witness", level: "warn", pretty: process.stderr.isTTY })
      // Nobody needs a token here: the secret is drawn and forgotten.
      const verifier = createVerifier({ alg: "HS256", secret: newSigningKey("unused") }, { now: systemClock.now })
      const server = createServer({ name: "witness", logger, verifier, metrics: createMetrics(), bodyLimit_bytes: 64 * 1024 })
      const plugin = async (inner: Parameters<typeof addWitnessRoutes>[0]): Promise<void> =>
        addWitnessRoutes(
          inner,
          witness,
          logs.map(({ name }) => name),
        )
      await mountService(server, { prefix: "/audit", title: "Witness", version, description: "Cosigns checkpoints", plugin })
      const url = await server.listen({ host: options.host, port: options.port })
      const shutdown = createShutdown({ logger, clock: systemClock })
      shutdown.add("http", () => server.close())
      shutdown.listen()
      say(
        `${formatVkey(signer.key)}\nwatches ${logs.map(({ name }) => name).join(", ")}\nadd it to a ledger: tongzhang proof witness add ${url}/audit/witness`,
      )
    })

const addCommand = (): Command =>
  new Command("add")
    .description("have this ledger's checkpoints signed by a witness")
    .argument("<url>", "where it answers, without /add-checkpoint")
    .option("--key <vkey>", "its verifier key; default: what it says at the address")
    .action(async (url: string, options: { key?: string }, command: Command) => {
      const folder = proofFolder(dataDirOf(command))
      const vkey = options.key ?? (await asked(url))
      if (keyOf(vkey).algorithm !== algorithms.cosignature)
        throw new Explained(`${vkey} is no witness's key`, "a witness's key has kind 4: see `tongzhang proof key NAME`")
      const others = (await readWitnesses(folder)).filter((one) => one.vkey !== vkey)
      writeFileSync(join(folder, "witnesses.json"), `${JSON.stringify([...others, { vkey, url }], null, 2)}\n`, { flush: true })
      say(`${keyOf(vkey).name} is asked from now on, every minute; now: tongzhang proof witness ask`)
    })

const asked = async (url: string): Promise<string> => {
  try {
    return ((await (await fetch(url)).json()) as { readonly vkey: string }).vkey
  } catch (cause) {
    throw new Explained(
      `no witness answers at ${url}: ${String(cause)}`,
      "start it with `tongzhang proof witness serve`, or name its key with --key",
    )
  }
}

type Round = {
  readonly signed: readonly string[]
  readonly refused: readonly { readonly witness: string; readonly status: number | null; readonly what: string }[]
  readonly checkpoint: string | null
}

const askCommand = (): Command =>
  new Command("ask").description("ask every witness to sign the newest checkpoint").action(async (_options, command: Command) => {
    const round = await connect(command).post<Round>("auditor", "/audit/proof/cosign", {}, "audit")
    for (const name of round.signed) say(`✓ ${name}`)
    for (const { witness, what } of round.refused) say(`✗ ${witness}: ${what}`)
    if (round.checkpoint !== null) say(`\n${round.checkpoint.trimEnd()}`)
    if (round.refused.length > 0 || round.signed.length === 0) process.exitCode = 1
  })

export const witnessCommand = (): Command =>
  new Command("witness")
    .description("witnesses: processes of other provinces that notice when a ledger shows two histories")
    .addCommand(serveCommand())
    .addCommand(addCommand())
    .addCommand(askCommand())
