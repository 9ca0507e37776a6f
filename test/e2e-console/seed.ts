/** Feeds one ledger before all tests: twenty persons, the demo's people, a life of forty years. Each file of tests copies its folder. */
import { join } from "node:path"
import { writeFeeds, writePersons } from "@tongzhang/nation/feeds"
import { generateNation } from "@tongzhang/nation/nation"
import { demoHistory, writeLiveFeeds } from "@tongzhang/nation/rider"
import { createLogger } from "@tongzhang/service-kit/logger"
import { feedAll } from "@tongzhang/standalone/demo/feeding"
import { serve } from "@tongzhang/standalone/serve"
import { provinces, temporaryFolder } from "../e2e/support.js"
import { longLife } from "./long-life.js"

export default async (): Promise<() => void> => {
  const folder = temporaryFolder("console-seed")
  const data = join(folder.path, "data")
  const { ledger } = await serve(data, 0, createLogger({ service: "console-seed", level: "error" }))
  try {
    // As `npm start`: files and their labels stay in the data folder, and the duplicates found are judged by them.
    const nation = generateNation({ seed: 6, persons: 20, provinces })
    const written = await writeFeeds(nation, join(data, "incoming"), { noise: 0, also: demoHistory() })
    await feedAll(ledger, written, () => {})
    await feedAll(ledger, await writeLiveFeeds(join(data, "incoming-live")), () => {})
    await feedAll(ledger, await writePersons([longLife()], 0, join(folder.path, "long"), { period: "whole" }), () => {})
    await ledger.settled()
    await ledger.proof.caughtUp()
  } finally {
    await ledger.close()
  }
  process.env["CONSOLE_SEED"] = data
  return folder.remove
}
