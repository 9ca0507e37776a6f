import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  assignment,
  type Feed,
  fileSize,
  isAgain,
  listed,
  mappingFaults,
  newRows,
  standingOf,
  stepOf,
  unsettled,
  type UploadColumn,
} from "./upload.js"

const column = (header: string, is: UploadColumn["column"], by: UploadColumn["by"] = "known"): UploadColumn => ({
  header,
  key: header,
  column: is,
  by,
  examples: [],
})
const columns = [column("证件", "citizenId", "similar"), column("操作", "none", "nothing"), column("险种", "scheme")]

describe("the columns of a file", () => {
  it("are sent whole, choices before proposals", () =>
    expect(assignment(columns, { 操作: "act", 险种: "none" })).toEqual({ 证件: "citizenId", 操作: "act", 险种: "none" }))
  it("cannot be read without an ID number, or when nothing says what happened", () => {
    expect(mappingFaults(columns, {})).toEqual([{ kind: "noAct" }])
    expect(mappingFaults(columns, { 证件: "none", 操作: "act" })).toEqual([{ kind: "noId" }])
    expect(mappingFaults(columns, { 操作: "act" })).toEqual([])
  })
  it("are never two of one kind, but many may be left alone", () => {
    expect(mappingFaults(columns, { 操作: "act", 险种: "citizenId" })).toEqual([
      { kind: "twice", column: "citizenId", headers: ["证件", "险种"] },
    ])
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (headers) => {
        const many = headers.map((header) => column(`x${header}`, "none"))
        expect(mappingFaults([...many, column("a", "citizenId"), column("b", "act")], {})).toEqual([])
      }),
    )
  })
  it("want a look where they are guessed or unknown and nobody has chosen", () => {
    expect(unsettled(columns, {})).toBe(2)
    expect(unsettled(columns, { 操作: "none" })).toBe(1)
  })
})

const feed = (more: Partial<Feed>): Feed =>
  ({ feedId: "f", fileHash: "h", columns: {}, dryRun: false, state: "done", ...more }) as Feed

describe("a feed on the desk", () => {
  it("says whose turn it is", () => {
    expect(standingOf(feed({ dryRun: true }))).toBe("rehearsed")
    expect(standingOf(feed({ state: "interrupted" }))).toBe("stopped")
    expect(standingOf(feed({ state: "interrupted", dryRun: true }))).toBe("cancelled")
    expect(stepOf(feed({ state: "running" }))).toBe("book")
  })
  it("stands once: its dry run is left out after it was booked, but not one that was read otherwise", () => {
    const dry = feed({ feedId: "dry", dryRun: true })
    const other = feed({ feedId: "other", dryRun: true, columns: { 操作: "act" } })
    expect(listed([feed({}), dry, other]).map(({ feedId }) => feedId)).toEqual(["f", "other"])
    expect(listed([dry])).toEqual([dry])
  })
  it("sent again is known by a receipt older than itself", () => {
    expect(isAgain({ receivedAt: 2_000 }, { issuedAt: 1_000 })).toBe(true)
    expect(isAgain({ receivedAt: 1_000 }, { issuedAt: 2_000 })).toBe(false)
  })
  it("counts new and changed rows apart", () => expect(newRows({ accepted: 10, changed: 3 } as never)).toBe(7))
  it("has a size people can read", () =>
    expect([fileSize(900), fileSize(1_572_864), fileSize(2_147_483_648)]).toEqual(["900 B", "1.5 MiB", "2 GiB"]))
})
