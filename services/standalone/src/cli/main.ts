#!/usr/bin/env node
/** `tongzhang`: starts a local ledger and speaks to a running one. */
import { Command } from "commander"
import { version } from "../version.js"
import { assessCommand, overlapCommand } from "./assess.js"
import { Explained } from "./client.js"
import { auditCommand } from "./audit.js"
import { demoCommand } from "./demo.js"
import { explainCommand, verifyExplanationCommand } from "./explain.js"
import { feedCommand } from "./feed.js"
import { fsckCommand } from "./fsck.js"
import { overlapsCommand } from "./overlaps.js"
import { policyCommand } from "./policy.js"
import { rebuildCommand } from "./rebuild.js"
import { recordCommand } from "./record.js"
import { proofCommand } from "./proof.js"
import { replayCommand } from "./replay.js"
import { simulateCommand } from "./simulate.js"
import { startCommand } from "./start.js"
import { clockCommand, tokenCommand } from "./local.js"
import { transferCommand } from "./transfer.js"
import { whoSawCommand } from "./who-saw.js"
import { verifyCommand } from "./verify.js"

const program = new Command("tongzhang")
  .description("通账: one cumulative social-insurance record per person, across provinces")
  .version(version)
  .option("--data <folder>", "data folder of the local ledger", process.env["TONGZHANG_DATA"] ?? ".tongzhang")
  .option("--url <address>", "a ledger run as services instead: its gateway; the token comes from TONGZHANG_TOKEN")
  .showHelpAfterError()
  .addHelpText(
    "after",
    `
Examples:
  tongzhang start                                   a local ledger with a small synthetic nation
  tongzhang feed test/fixtures/feeds/…csv --province 31 --dry-run
  tongzhang record 990101199605120813               one person's record across provinces
  tongzhang explain 990101199605120813 months       a number with its rules, articles and events
  tongzhang simulate 990101199605120813 --base ceiling   what paying more would bring
  tongzhang transfer 990101198809231325 --to 44     N 到 1: one application
  tongzhang verify                                  the record is what the facts say
  tongzhang proof event 0b4c…                       a receipt that anybody can check offline`,
  )

for (const command of [
  startCommand(),
  demoCommand(),
  feedCommand(),
  recordCommand(),
  explainCommand(),
  verifyExplanationCommand(),
  simulateCommand(),
  assessCommand(),
  transferCommand(),
  overlapsCommand(),
  overlapCommand(),
  policyCommand(),
  replayCommand(),
  whoSawCommand(),
  verifyCommand(),
  fsckCommand(),
  auditCommand(),
  rebuildCommand(),
  proofCommand(),
  tokenCommand(),
  clockCommand(),
])
  program.addCommand(command)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof Explained)) throw error
  process.stderr.write(`✗ ${error.message}\n  ${error.hint}\n`)
  process.exitCode = 1
}
