import type { Job, JobState } from "@tongzhang/service-kit/job-line"
import { describe, expect, it } from "vitest"
import type { FeedNote } from "../feeds/folder.js"
import type { IntakeParts } from "../service.js"
import { viewOf } from "./feed-view.js"

const note: FeedNote = {
  feedId: "f1",
  province: "31",
  fileName: "a.csv",
  actor: { kind: "agency", id: "agency-31", province: "31" },
  facts: { hash: "h", size_bytes: 1, format: "csv", encoding: "utf8", lines: 1 } as unknown as FeedNote["facts"],
  dryRun: false,
  receivedAt: 0,
  unknownColumns: [],
  result: null,
  failure: null,
}
const withJob = (state: JobState): Pick<IntakeParts, "jobOf" | "tallyOf"> => ({
  tallyOf: () => null,
  jobOf: () => ({ id: "j", state, endedAt: state === "running" || state === "queued" ? null : 1 }) as unknown as Job,
})
const stateOf = (of: FeedNote, state: JobState): string => viewOf(of, withJob(state) as IntakeParts).state

describe("the state of a feed", () => {
  it("is never `interrupted` because its job ended between the reading of its note and the look at its job", () => {
    expect(stateOf(note, "done")).toBe("running")
    expect(stateOf(note, "failed")).toBe("running")
  })
  it("is `interrupted` when its job was stopped, `failed` when its note says why", () => {
    expect(stateOf(note, "cancelled")).toBe("interrupted")
    expect(stateOf({ ...note, failure: "disk full" }, "failed")).toBe("failed")
  })
})
