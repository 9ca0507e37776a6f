/** `tongzhang verify`: folds every fact again and compares with the record; names what differs. */
import { setTimeout as pause } from "node:timers/promises"
import { Command } from "commander"
import { connect } from "./connect.js"
import { count } from "./format.js"
import { Explained } from "./client.js"
import { progress } from "./progress.js"

export type VerifyReport = {
  readonly ok: boolean
  readonly persons: number
  readonly events: number
  readonly mismatches_total: number
  readonly mismatches: readonly {
    readonly what: string
    readonly person?: string | null
    readonly stream?: string | null
    readonly detail?: string
  }[]
  readonly seconds: number
}
type Job = {
  readonly id: string
  readonly state: string
  readonly done: number
  readonly total: number | null
  readonly error?: string
  readonly result?: VerifyReport
}

export const verifyCommand = (): Command =>
  new Command("verify")
    .description("fold every fact again, check conservation, and compare with the record")
    .option("--json", "print JSON")
    .action(async (options: { json?: boolean }, command: Command) => {
      const client = connect(command)
      let job = await client.post<Job>("auditor", "/audit/verify", {}, "audit")
      const shown = progress("校验 verifying", job.total ?? 0, options.json === true)
      while (job.state === "queued" || job.state === "running") {
        await pause(200)
        job = await client.get<Job>("auditor", `/audit/jobs/${job.id}`, "audit")
        shown.to(job.done, job.total ?? job.done)
      }
      shown.end()
      const report = job.result
      if (report === undefined) throw new Explained(`verification ${job.state}`, job.error ?? "see the ledger's log")
      if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
      else {
        for (const found of report.mismatches) process.stdout.write(`✗ ${JSON.stringify(found)}\n`)
        const verdict = report.ok ? "✓ 账实相符 the record is what the facts say" : `✗ ${report.mismatches_total} differences`
        process.stdout.write(
          `${verdict}: ${count(report.persons)} persons, ${count(report.events)} events, ${report.seconds.toFixed(1)} s\n`,
        )
      }
      if (!report.ok) process.exitCode = 1
    })
