/**
 * `npm run bench`: the ledger held against what its own drivers can do, in one run on this machine. Options: `--quick` (seconds,
 * to see that it works), `--json FILE`, `--only PART,PART`, `--persons N`, `--dir FOLDER` (default: a temporary one; choose the disk to measure).
 * A missed aim is told and is no failure.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { type Figure, reached, table, verdictOf } from "./figures.ts"
import { machineLine, machineOf } from "./machine.ts"
import { runPart } from "./run-part.ts"
import { fullSizes, quickSizes } from "./setting.ts"

const parts = ["intake", "fill", "projection", "proof", "replay", "books", "memory", "standalone", "assessment"]

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    only: { type: "string" },
    persons: { type: "string" },
    dir: { type: "string", default: tmpdir() },
  },
})
mkdirSync(options.dir, { recursive: true })
const dir = mkdtempSync(join(options.dir, "tongzhang-bench-"))
try {
  const usual = options.quick ? quickSizes : fullSizes
  const persons = Number(options.persons ?? usual.persons)
  if (!Number.isInteger(persons) || persons < 100) throw new Error("--persons takes a number from 100 on")
  const sizes = { ...usual, persons }
  const machine = machineOf(dir, options.quick ? 20 : 200)
  process.stderr.write(`通账 · benchmark${options.quick ? " (quick: too small to mean anything)" : ", some minutes"}\n`)
  const wanted = options.only?.split(",") ?? parts
  const strange = wanted.filter((part) => !parts.includes(part))
  if (strange.length > 0) throw new Error(`--only takes ${parts.join(", ")}; not ${strange.join(", ")}`)
  const figures: Figure[] = []
  for (const name of parts.filter((part) => wanted.includes(part)))
    figures.push(...(await runPart<readonly Figure[]>(new URL("./part.ts", import.meta.url), name, { sizes, dir })))

  process.stdout.write(
    `\n通账 · benchmark${options.quick ? " (quick)" : ""}\n${machineLine(machine)}\n\n${table(figures)}\n\n${verdictOf(figures)}\n`,
  )
  if (options.json !== undefined) {
    const report = { quick: options.quick, sizes, machine, figures: figures.map((one) => ({ ...one, reached: reached(one) })) }
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
  }
} finally {
  rmSync(dir, { recursive: true, force: true })
}
