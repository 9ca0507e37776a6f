/** `tongzhang fsck`: every hash, every person, every checkpoint, and the topic; names the first thing that is not as it should be. */
import { setTimeout as pause } from "node:timers/promises"
import type { FsckReport } from "@tongzhang/audit/fsck/fsck"
import { Command } from "commander"
import { type Client, Explained } from "./client.js"
import { connect } from "./connect.js"
import { count, provinceName } from "./format.js"
import { progress } from "./progress.js"

export type Job<Result> = {
  readonly id: string
  readonly state: string
  readonly done: number
  readonly total: number | null
  readonly error?: string
  readonly result?: Result
}
type TopicReport = {
  readonly ok: boolean
  readonly messages: number
  readonly matched: number
  readonly differences: readonly {
    readonly kind: string
    readonly stream: string | null
    readonly revision: number | null
    readonly reason: string
  }[]
}
type Options = { province?: string[]; byProvince?: boolean; resume?: boolean; topics: boolean; json?: boolean }

const poll_ms = 200

/** Waits for a job with its progress on stderr. */
export const follow = async <Result>(
  client: Client,
  service: string,
  started: Job<Result>,
  title: string,
  quiet: boolean,
): Promise<Result> => {
  let job = started
  const shown = progress(title, job.total ?? 0, quiet)
  while (job.state === "queued" || job.state === "running") {
    await pause(poll_ms)
    job = await client.get<Job<Result>>("auditor", `/${service}/jobs/${job.id}`, "audit")
    shown.to(job.done, job.total ?? job.done)
  }
  shown.end()
  if (job.result === undefined) throw new Explained(`${title} ${job.state}`, job.error ?? "see the ledger's log")
  return job.result
}

const lines = (report: FsckReport, topic: TopicReport | null): string[] => {
  const mark = (ok: boolean | undefined): string => (ok === false ? "✗" : "✓")
  const { log, record, provinces } = report
  if (report.refused !== null) return [`✗ not resumed: ${report.refused}; start over without --resume`]
  const nameOf = (unit: string): string => (unit === "others" ? "无参保关系 no relation" : provinceName(unit))
  return [
    log === null
      ? "- 证明日志 nothing is published yet"
      : `${mark(log.ok)} 证明日志 log: ${count(log.entries)} of ${count(log.size)} entries${log.from > 0 ? ` (from ${count(log.from)})` : ""}, ${log.checkpoints} checkpoints, root ${log.root ?? "none"}`,
    ...(record === null
      ? []
      : [`${mark(record.ok)} 记录 record: ${count(record.persons)} persons, ${count(record.mismatches_total)} differences`]),
    ...provinces.map(
      (one) =>
        `${mark(one.ok)} ${nameOf(one.province)}: ${count(one.events)} events, ${count(one.persons)} persons, ${one.unproven.length + one.mismatches.length} differences`,
    ),
    ...(report.provinces_resumed.length === 0 ? [] : [`- finished before: ${report.provinces_resumed.map(nameOf).join(", ")}`]),
    ...(topic === null
      ? []
      : [`${mark(topic.ok)} 主题 topic: ${count(topic.matched)} of ${count(topic.messages)} messages are the ledger's`]),
    ...(log?.differences ?? []).map(({ what }) => `  ✗ ${what}`),
    ...(topic?.differences ?? []).map(
      ({ kind, stream, revision, reason }) => `  ✗ ${kind}: ${stream ?? "?"} revision ${revision ?? "?"}: ${reason}`,
    ),
    ...(report.first === null ? [] : [`\n✗ first: ${report.first}`]),
    `${count(report.events_per_second)} events/s, ${report.seconds.toFixed(1)} s`,
  ]
}

export const fsckCommand = (): Command =>
  new Command("fsck")
    .description("rebuild every hash, fold everybody again, compare with the record, the topic and the published checkpoints")
    .option("--province <code...>", "only these provinces, e.g. 31 44; can be resumed")
    .option("--by-province", "all provinces, two at a time; can be resumed")
    .option("--resume", "go on where the last run by province was broken off")
    .option("--no-topics", "leave the topic out")
    .option("--json", "print JSON")
    .action(async (options: Options, command: Command) => {
      const client = connect(command)
      const quiet = options.json === true
      const body = {
        ...(options.province === undefined ? {} : { provinces: options.province }),
        byProvince: options.byProvince === true,
        resume: options.resume === true,
      }
      const job = await client.post<Job<FsckReport>>("auditor", "/audit/fsck", body, "audit")
      const report = await follow(client, "audit", job, "核验 fsck", quiet)
      const topic = options.topics
        ? await follow(
            client,
            "relay",
            await client.post<Job<TopicReport>>("auditor", "/relay/reconcile", {}, "audit"),
            "主题 topic",
            quiet,
          )
        : null
      process.stdout.write(quiet ? `${JSON.stringify({ ...report, topic }, null, 2)}\n` : `${lines(report, topic).join("\n")}\n`)
      if (!report.ok || topic?.ok === false) process.exitCode = 1
    })
