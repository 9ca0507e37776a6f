/** `npm run bench:engines`: adapters, relay and projection held against the raw clients on the engines that are up. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { eventStore, kafka, postgres } from "../../engines/engines.ts"
import { type Figure, reached, table, verdictOf } from "../figures.ts"
import { machineLine, machineOf } from "../machine.ts"
import { runPart } from "../run-part.ts"
import { type EngineReport, type Skipped, withSection } from "./document.ts"
import { type EngineResult, fullSizes, quickSizes } from "./setting.ts"
import { startMissing } from "./up.ts"

const parts = { eventstoredb: eventStore, kafka, postgres } as const
type PartName = keyof typeof parts
const names = Object.keys(parts) as PartName[]

const usage = `npm run bench:engines -- [--up] [--only ${names.join(",")}] [--rounds 5] [--persons 3000] [--quick] [--json FILE] [--write]

  Measures on the engines that are up and says what was skipped and why:
    eventstoredb   appends, batched events and reads against @eventstore/db-client    (TEST_EVENT_STORE_URL, TEST_EVENT_STORE_IS)
    kafka          relay, adapter and consumer against kafkajs                        (npm run kafka:up, or KAFKA_BROKERS)
    postgres       projection and rebuild against COPY                                (npm run postgres:up, or POSTGRES_URL)

  --up       starts what is missing (Kafka, PostgreSQL, the test node) and stops it again
  --only     only these parts
  --rounds   rounds that count; one more warms up
  --persons  persons of the nation whose facts are relayed and projected
  --quick    seconds, to see that it works: its figures mean nothing
  --json     writes the report there
  --write    writes the figures into docs/benchmarks.md
  --dir      folder of the run's own files (a temporary one): choose the disk`

const page = fileURLToPath(new URL("../../../docs/benchmarks.md", import.meta.url))
const say = (text: string): void => void process.stderr.write(`  ${text}\n`)

const optionsOf = () => {
  const { values } = parseArgs({
    options: {
      up: { type: "boolean", default: false },
      only: { type: "string" },
      rounds: { type: "string" },
      persons: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      write: { type: "boolean", default: false },
      dir: { type: "string", default: tmpdir() },
      help: { type: "boolean", default: false },
    },
  })
  const usual = values.quick ? quickSizes : fullSizes
  const number = (name: "rounds" | "persons", least: number): number => {
    const value = Number(values[name] ?? usual[name])
    if (!Number.isInteger(value) || value < least) throw new Error(`--${name} takes a number from ${least} on`)
    return value
  }
  const wanted = values.only?.split(",") ?? names
  const strange = wanted.filter((name) => !names.includes(name as PartName))
  if (strange.length > 0) throw new Error(`--only takes ${names.join(", ")}; not ${strange.join(", ")}`)
  if (values.quick && values.write) throw new Error("--quick measures nothing worth writing down")
  const sizes = { ...usual, rounds: number("rounds", 1), persons: number("persons", 100) }
  return { ...values, sizes, wanted: names.filter((name) => wanted.includes(name)) }
}
type Options = ReturnType<typeof optionsOf>

/** Runs every wanted part whose engine answers. */
const measure = async (
  { sizes, wanted }: Options,
  dir: string,
): Promise<Pick<EngineReport, "engines" | "figures" | "skipped">> => {
  const run = (name: string): Promise<EngineResult> =>
    runPart<EngineResult>(new URL("./part.ts", import.meta.url), name, { sizes, dir })
  const skipped: Skipped[] = []
  const able: PartName[] = []
  for (const name of wanted) {
    const engine = await parts[name]()
    if (engine.up) able.push(name)
    else {
      skipped.push({ part: name, why: engine.why })
      say(`${name}: SKIPPED. ${engine.why}`)
    }
  }
  if (able.some((name) => name !== "eventstoredb")) await run("ledger")
  const results: EngineResult[] = []
  for (const name of able) results.push(await run(name))
  return {
    engines: results.map(({ engine }) => engine),
    figures: results.flatMap(({ figures }): readonly Figure[] => figures),
    skipped,
  }
}

const tell = ({ machine, engines, figures, skipped, quick }: EngineReport): void => {
  const lines = [
    `通账 · real engines${quick ? " (quick: too small to mean anything)" : ""}`,
    machineLine(machine),
    ...engines,
    "",
    ...(figures.length === 0 ? ["Nothing was measured."] : [table(figures), "", verdictOf(figures)]),
    ...skipped.map(({ part, why }) => `Skipped: ${part}. ${why}`),
  ]
  process.stdout.write(`\n${lines.join("\n")}\n`)
}

const main = async (options: Options): Promise<void> => {
  const dir = mkdtempSync(join(options.dir, "tongzhang-engines-"))
  const machine = machineOf(dir, options.quick ? 20 : 200)
  const stop = options.up ? await startMissing(options.wanted, say) : async () => {}
  // A terminal's Ctrl-C reaches the part as well: it ends, which ends this run with everything that was started.
  const interrupted = (): void => void (process.exitCode = 130)
  process.on("SIGINT", interrupted)
  try {
    const date = new Date().toISOString().slice(0, 10)
    const { quick, sizes } = options
    const report: EngineReport = { date, quick, rounds: sizes.rounds, machine, ...(await measure(options, dir)) }
    tell(report)
    if (options.json !== undefined) {
      const figures = report.figures.map((one) => ({ ...one, reached: reached(one) }))
      writeFileSync(options.json, `${JSON.stringify({ ...report, sizes, figures }, null, 2)}\n`)
    }
    if (options.write) writeFileSync(page, withSection(readFileSync(page, "utf8"), report))
  } finally {
    process.off("SIGINT", interrupted)
    await stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

if (process.argv.includes("--help")) process.stdout.write(`${usage}\n`)
else await main(optionsOf())
