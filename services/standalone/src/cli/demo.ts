/** `tongzhang demo`: the whole story without a browser, on a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createLogger } from "@tongzhang/service-kit/logger"
import { Command, InvalidArgumentError } from "commander"
import { runDemo } from "../demo/demo.js"

export const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError("a whole number, 0 or more")
  return value
}

export const demoCommand = (): Command =>
  new Command("demo")
    .description("feeds, duplicates, N 到 1 transfers and a rebuild, start to end")
    .option("--persons <n>", "size of the synthetic nation", wholeNumber, 1_000)
    .option("--seed <n>", "same seed, same nation, same digest", wholeNumber, 20_261_122)
    .option("--json", "one JSON document on stdout, nothing else")
    .option("--keep <folder>", "keep the ledger in this folder (it is emptied first)")
    .option("--log <level>", "log level on stderr", "error")
    .action(async (options: { persons: number; seed: number; json?: boolean; keep?: string; log: string }) => {
      const own = options.keep === undefined
      const dataDir = options.keep ?? mkdtempSync(join(tmpdir(), "tongzhang-demo-"))
      const json = options.json === true
      const logger = createLogger({ service: "demo", level: options.log as "error", pretty: true })
      const say = json ? () => {} : (text: string) => void process.stdout.write(`${text}\n`)
      try {
        const result = await runDemo({ ...options, dataDir, logger, say, quiet: json })
        if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
        else
          say(
            `\n${result.failures.length === 0 ? "✓ 全部符合 everything as it should be" : result.failures.map((text) => `✗ ${text}`).join("\n")}: ${result.seconds} s`,
          )
        if (result.failures.length > 0) process.exitCode = 1
      } finally {
        if (own) rmSync(dataDir, { recursive: true, force: true })
      }
    })
