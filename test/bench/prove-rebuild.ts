/**
 * `npm run prove:rebuild`: the promise of the house, checked (N6). Drops the read model, folds every fact again, compares the
 * digests, and says how fast, as a ratio to scanning and folding the same facts with nowhere to write; the two take turns, medians count.
 * Options: `--data FOLDER` (a stopped ledger's; default: a synthetic nation in a temporary one), `--persons N`, `--rounds N`, `--json`.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { createProjector, type RebuildResult } from "@tongzhang/projector/projector"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { createQueries } from "@tongzhang/record/queries"
import { systemClock } from "@tongzhang/service-kit/clock"
import { fill } from "./fill.ts"
import { machineLine, machineOf } from "./machine.ts"
import { median } from "./figures.ts"
import { foldAll, foldingInMemory } from "./replay.ts"
import { collectGarbage, fullSizes, ledgerDir, seconds, silent } from "./setting.ts"

const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    persons: { type: "string", default: "2000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
})
const say = (text: string): void => void process.stderr.write(`${text}\n`)

type Proof = {
  readonly equal: boolean
  readonly digest_before: string
  readonly digest_rebuilt: string
  readonly persons: number
  readonly events: number
  readonly rebuild_events_per_second: number
  readonly fold_events_per_second: number
  /** Rebuild to scan + fold, median of the rounds; 1 = writing the rows costs nothing. */
  readonly ratio: number
  readonly ratios: readonly number[]
}

const prove = async (store: EventStore, record: RecordDb, rounds: number): Promise<Proof> => {
  const queries = createQueries(record)
  const projector = createProjector({ store, record, clock: systemClock, logger: silent, random: () => 0.5 })
  projector.start()
  await projector.caughtUp()
  const before = await queries.digest()
  say(`${before.persons} persons, ${before.events} events; the record is dropped and rebuilt ${rounds} times`)
  const rebuilt: RebuildResult[] = []
  const folds_s: number[] = []
  let events = 0
  for (let round = 1; round <= rounds; round++) {
    collectGarbage()
    let told = 0
    const tell = ({ events: done, seconds: spent }: { readonly events: number; readonly seconds: number }): void => {
      if (spent - told < 5) return
      told = spent
      say(`  ${done} of ${before.events} events, ${Math.round(done / spent)}/s`)
    }
    rebuilt.push(await projector.rebuild(tell))
    await projector.stop()
    collectGarbage()
    folds_s.push(await seconds(async () => (events = await foldAll(store, foldingInMemory(store, before.persons * 2)))))
    say(`round ${round}: rebuild ${rebuilt.at(-1)?.seconds.toFixed(2)} s, scan and fold ${folds_s.at(-1)?.toFixed(2)} s`)
  }
  const ratios = rebuilt.map(({ seconds: spent }, i) => (folds_s[i] ?? 0) / spent)
  const other = rebuilt.find(({ digest }) => digest !== before.digest)
  return {
    equal: other === undefined,
    digest_before: before.digest,
    digest_rebuilt: (other ?? rebuilt.at(-1))?.digest ?? "",
    persons: before.persons,
    events,
    rebuild_events_per_second: Math.round(events / median(rebuilt.map((one) => one.seconds))),
    fold_events_per_second: Math.round(events / median(folds_s)),
    ratio: median(ratios),
    ratios,
  }
}

const own = options.data === undefined ? mkdtempSync(join(tmpdir(), "tongzhang-prove-")) : null
try {
  if (own !== null) await fill({ sizes: { ...fullSizes, persons: Number(options.persons) }, dir: own, say })
  const folder = options.data ?? ledgerDir(own ?? "")
  if (!existsSync(join(folder, "events"))) throw new Error(`${folder} holds no ledger: name its data folder with --data`)
  const machine = machineOf(tmpdir(), 20)
  const store = await openEmbeddedStore({ path: join(folder, "events") })
  const record = await openRecord({ kind: "pglite", path: join(folder, "record") })
  let proof: Proof
  try {
    proof = await prove(store, record, Number(options.rounds))
  } finally {
    await record.close()
    await store.close()
  }
  const verdict = proof.equal ? "✓ 摘要一致 the digests are equal" : "✗ 摘要不一致 the digests differ"
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...proof, machine }, null, 2)}\n`
      : `${machineLine(machine)}\nbefore   ${proof.digest_before}\nrebuilt  ${proof.digest_rebuilt}\n${verdict}: ${proof.persons} persons, ${proof.events} events\n` +
          `rebuild ${proof.rebuild_events_per_second} events/s; scan + fold with nowhere to write ${proof.fold_events_per_second} events/s; ratio ${proof.ratio.toFixed(2)} (rounds ${proof.ratios.map((one) => one.toFixed(2)).join(", ")})\n`,
  )
  if (!proof.equal) process.exitCode = 1
} finally {
  if (own !== null) rmSync(own, { recursive: true, force: true })
}
