/** What a finished check of the whole ledger said, as the paper keeps it: taken from the job itself, never from the caller. */
import type { CheckResult } from "@tongzhang/domain/workpaper"
import type { Caller } from "@tongzhang/service-kit/caller"
import type { Job } from "@tongzhang/service-kit/job-line"
import { jobOwner } from "@tongzhang/service-kit/job-routes"
import { problem } from "@tongzhang/service-kit/problem"
import type { FsckReport } from "../fsck/fsck.js"
import type { VerifyReport } from "../verify.js"

const first_max = 1_000

const noCheck = (what: string) =>
  problem({
    status: 409,
    rule: "CHECK_NOT_DONE",
    field: "job",
    detail: what,
    hint_zh: "没有本人已完成的 fsck 或 verify 任务；请先运行，完成后再登记（服务重启后须重新运行）",
    hint_en: "No finished fsck or verify job of yours: run one, and enter it when it is done (again after a restart)",
  })

const ofVerify = (report: VerifyReport): Omit<CheckResult, "check"> => {
  const { ok, upTo, events, persons } = report
  const [mismatch] = report.mismatches
  const first = mismatch === undefined ? null : `${mismatch.rule}: ${mismatch.what}`.slice(0, first_max)
  return { ok, upTo, events, persons, first }
}

const ofFsck = ({ ok, record, provinces, first }: FsckReport): Omit<CheckResult, "check"> => {
  const sum = (of: "events" | "persons"): number => provinces.reduce((total, one) => total + one[of], record?.[of] ?? 0)
  return {
    ok,
    upTo: record?.upTo ?? null,
    events: sum("events"),
    persons: sum("persons"),
    first: first?.slice(0, first_max) ?? null,
  }
}

/** Throws CHECK_NOT_DONE (409). */
export const checkOf = (job: Job | null, caller: Caller): CheckResult => {
  if (job === null || job.owner !== jobOwner(caller)) throw noCheck("no such job")
  if (job.kind !== "fsck" && job.kind !== "verify") throw noCheck(`a job of kind ${job.kind}`)
  const report = job.result as FsckReport | VerifyReport | undefined
  if (job.state !== "done" || report === undefined || report.cancelled) throw noCheck(`the job is ${job.state}`)
  return { check: job.kind, ...(job.kind === "fsck" ? ofFsck(report as FsckReport) : ofVerify(report as VerifyReport)) }
}
