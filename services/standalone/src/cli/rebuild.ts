/** `tongzhang rebuild --beside`: a second copy of the record is built while the first answers, compared, and put in its place. */
import { setTimeout as pause } from "node:timers/promises"
import type { BesideResult } from "@tongzhang/projector/beside"
import { Command } from "commander"
import { Explained } from "./client.js"
import { connect } from "./connect.js"
import { count } from "./format.js"
import { progress } from "./progress.js"

type Job = {
  readonly id: string
  readonly state: string
  readonly done: number
  readonly total: number | null
  readonly error?: string
  readonly result?: BesideResult
}

const poll_ms = 200

const draw = (result: BesideResult): string =>
  [
    `before   ${result.digest_before}`,
    `rebuilt  ${result.digest_rebuilt}`,
    result.switched
      ? "✓ 摘要一致，已切换 the digests are equal: the rebuilt copy is in use, the old one is dropped"
      : "✗ 摘要不一致，未切换 the digests differ: the record in use was left in place; `tongzhang verify` names what differs",
    `${count(result.persons)} persons, ${count(result.events)} events at ${count(result.events_per_second)} events/s, ${result.seconds.toFixed(1)} s; new facts waited ${result.standstill_seconds.toFixed(1)} s, reads did not`,
  ].join("\n")

export const rebuildCommand = (): Command =>
  new Command("rebuild")
    .description("rebuild the record from the facts, beside the one in use")
    .requiredOption("--beside", "build a second copy while the first answers, compare the digests, switch over")
    .option("--json", "print JSON")
    .action(async ({ json = false }: { json?: boolean }, command: Command) => {
      const client = connect(command)
      let job = await client.post<Job>("center", "/projector/rebuild", {})
      const shown = progress("重建 rebuilding", job.total ?? 0, json)
      while (job.state === "queued" || job.state === "running") {
        await pause(poll_ms)
        job = await client.get<Job>("center", `/projector/jobs/${job.id}`)
        shown.to(job.done, Math.max(job.total ?? 0, job.done))
      }
      shown.end()
      if (job.result === undefined) throw new Explained(`rebuild ${job.state}`, job.error ?? "see the ledger's log")
      process.stdout.write(json ? `${JSON.stringify(job.result, null, 2)}\n` : `${draw(job.result)}\n`)
      if (!job.result.switched) process.exitCode = 1
    })
