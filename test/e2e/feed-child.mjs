// The process under test: opens a ledger on a folder, sends files, plays a transfer and a decision, prints what it has come to.
// It is meant to be killed at any moment and started again with the same arguments: every step may be repeated.
// Lines on stdout are its progress; the last one holds the digest.
import { readFileSync, writeSync } from "node:fs"
import { openLedger } from "@tongzhang/standalone/ledger"
import { createClient } from "@tongzhang/standalone/cli/client"
import { createLogger } from "@tongzhang/service-kit/logger"
import { mover, rider, riderCases } from "@tongzhang/nation/rider"

const [dataDir, planPath, skip = "0"] = process.argv.slice(2)
const plan = JSON.parse(readFileSync(planPath, "utf8"))
const line = (what, detail = {}) => writeSync(1, `${JSON.stringify({ what, ...detail })}\n`)

const day_ms = 86_400_000
const firstDay = Date.parse("2026-11-02T09:00:00+08:00")

const ledger = await openLedger({ dataDir, logger: createLogger({ service: "child", level: "error" }), intake: plan.intake })
const url = await ledger.server.listen({ port: 0, host: "127.0.0.1" })
const personOf = (citizenId) => ledger.personKeys.of(citizenId)
const callers = ["center", `person:${personOf(mover.who.citizenId)}`, ...plan.provinces.map((code) => `agency:${code}`)]
const client = createClient({
  url,
  tokens: Object.fromEntries(await Promise.all(callers.map(async (as) => [as, await ledger.issue(as)]))),
})
line("opened")

/** Several files are on their way at once in life; here in order, so that every run meets the same refusals. */
const feed = async (file, number) => {
  const actor = { kind: "agency", id: `agency-${file.province}`, province: file.province }
  const onProgress = ({ rows }) => line("rows", { file: number, rows })
  const { result } = await ledger.intake.feedFile({ path: file.path, province: file.province, actor, dryRun: false, onProgress })
  line("file", { file: number, receiptNo: result.receiptNo })
}

/** The calendar of the story is absolute: whoever starts again does not wait twice. */
const waitUntilDay = async (days) => {
  const missing = Math.round((firstDay + days * day_ms - ledger.clock.now()) / day_ms)
  if (missing > 0) await client.post("center", "/demo/clock", { days: missing })
  await ledger.settled()
  line("day", { days })
}

const transferStory = async () => {
  const person = personOf(mover.who.citizenId)
  const body = { person, to: mover.to, commandId: "whole-1" }
  const { transferId } = await client.post(`person:${person}`, "/transfer/applications", body, "self")
  line("applied", { transferId })
  await ledger.settled()
  const viewed = () => client.get("center", `/transfer/${transferId}`, "transfer")
  const answer = async (from) => {
    const leg = (await viewed()).legs.find((one) => one.from.code === from)
    if (leg.outcome !== "open") return
    const at = `/transfer/${transferId}/legs/${from}`
    await client.post(`agency:${from}`, `${at}/statement`, {}, "transfer")
    line("stated", { from })
    await ledger.settled()
    const { account_fen, pooled_fen } = leg.planned
    await client.post(`agency:${mover.to}`, `${at}/money`, { remittance: `HK-${from}`, account_fen, pooled_fen }, "transfer")
    line("paid", { from })
    await ledger.settled()
  }
  const [slow, ...quick] = mover.legs.map((leg) => leg.from).sort()
  for (const from of quick) await answer(from)
  await waitUntilDay(18)
  await waitUntilDay(27)
  await answer(slow)
  line("transferred", { state: (await viewed()).state })
}

const decisions = async () => {
  const person = personOf(rider.citizenId)
  for (const expected of riderCases) {
    const path = `/duplicates/cases/${person}/pension/${encodeURIComponent(expected.case)}`
    const keep = expected.sides[0]
    await client.post(
      `agency:${keep.slice(0, 2)}`,
      `${path}/decision`,
      { keep, reason: "agreed with the person" },
      "duplicate-check",
    )
    line("decided", { case: expected.case })
    await ledger.settled()
  }
}

for (const [number, file] of plan.files.entries()) if (number >= Number(skip)) await feed(file, number)
line("fed")
await ledger.settled()
line("settled")
await transferStory()
await decisions()
await ledger.settled()
line("done", await ledger.queries.digest())
await ledger.close()
line("closed")
