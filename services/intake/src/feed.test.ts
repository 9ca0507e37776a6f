import { afterEach, beforeEach, describe, expect, it } from "vitest"
import iconv from "iconv-lite"
import { codeOf, type Door, idOf, openDoor } from "./testing/door.js"
import { textSheets } from "./feeds/results.js"

const header =
  "业务类型,公民身份号码,姓名,险种类型,参保身份,单位编号,流水号,原流水号,费款所属期,缴费基数,单位实缴,个人实缴,到账日期,备注"
const open = (serial: number, name: string, from = "2024-01") => `参保登记,${idOf(serial)},${name},110,职工,E1,,,${from},,,,,`
const pay = (serial: number, name: string, line: string, month: string, base = "8000") =>
  `缴费,${idOf(serial)},${name},110,,,${line},,${month},${base},${Number(base) * 0.16},${Number(base) * 0.08},2024-02-05,`
const file = (...rows: string[]) => `${[header, ...rows].join("\n")}\n`

describe("a province's file", () => {
  let door: Door
  beforeEach(async () => {
    door = await openDoor()
  })
  afterEach(() => door.close())

  it("becomes events: person registered, relation opened, months paid", async () => {
    const done = await door.feed(file(open(1, "张三"), pay(1, "张三", "L1", "202401"), pay(1, "张三", "L2", "2024年2月")))
    expect(done.outcomes.map(codeOf)).toEqual(["accepted", "accepted", "accepted"])
    expect((await door.ledger()).map(({ event }) => event.type)).toEqual([
      "PersonRegistered",
      "EnrollmentOpened",
      "ContributionRecorded",
      "ContributionRecorded",
    ])
    const paid = (await door.ledger())[2]
    expect(paid?.event).toMatchObject({
      line: "L1",
      from: "2024-01",
      base_fen: 800_000,
      pooled_fen: 128_000,
      account_fen: 64_000,
    })
    expect(paid?.metadata).toMatchObject({
      commandId: "line:31:110:L1:contribute",
      channel: "batch",
      source: { feedId: done.feedId, row: 2 },
      period: { from: "2024-01", to: "2024-01" },
    })
    expect(done.result).toMatchObject({
      rows: 3,
      accepted: 3,
      events: 4,
      paid_fen: 384_000,
      receiptNo: `R31${done.feedId.slice(0, 12).toUpperCase()}`,
    })
    expect((await door.ledger(["Feed-"])).map(({ event }) => event.type)).toEqual([
      "FeedReceived",
      "FeedSettled",
      "ReceiptIssued",
    ])
  })

  it("sent again adds no event at all", async () => {
    const content = file(open(1, "张三"), pay(1, "张三", "L1", "202401"), pay(1, "张三", "", "202402"))
    const first = await door.feed(content)
    const before = (await door.ledger([""])).length
    const second = await door.feed(content)
    expect(second.outcomes.map(codeOf)).toEqual(["unchanged", "unchanged", "unchanged"])
    expect((await door.ledger([""])).length).toBe(before)
    expect(second.result?.receiptNo).toBe(first.result?.receiptNo)
  })

  it("with the same row twice takes it once", async () => {
    const done = await door.feed(file(open(1, "张三"), pay(1, "张三", "L1", "202401"), pay(1, "张三", "L1", "202401")))
    expect(done.outcomes.map(codeOf)).toEqual(["accepted", "accepted", "unchanged"])
  })

  it("with one bad row among many loses only that row", async () => {
    const rows = Array.from({ length: 50 }, (_, i) => open(i + 1, `人${i}`))
    rows[20] = open(21, "坏").replace(idOf(21), "4.2E+17")
    const done = await door.feed(file(...rows))
    expect(done.outcomes.map(codeOf).filter((code) => code !== "accepted")).toEqual(["ID_EXCEL_FLOAT"])
    expect(done.result).toMatchObject({ accepted: 49, refused: 1, events: 98 })
  })

  it("in GBK is read as well as in UTF-8, with or without a mark, and in UTF-16", async () => {
    const encodings = ["gb18030", "utf-8-bom", "utf-16le"] as const
    for (const [i, encoding] of encodings.entries()) {
      const text = file(open(i + 1, "买买提·艾力"), pay(i + 1, "买买提·艾力", `L${i}`, "202401"))
      const bytes =
        encoding === "utf-8-bom"
          ? Buffer.from(`\uFEFF${text}`)
          : iconv.encode(text, encoding, { addBOM: encoding === "utf-16le" })
      const done = await door.feed(bytes)
      expect(done.facts.encoding).toBe(encoding)
      expect(done.outcomes.map(codeOf)).toEqual(["accepted", "accepted"])
    }
  })

  it("as a workbook, with numbers, dates and an ID turned into a number", async () => {
    const sheet = [header.split(","), open(1, "张三").split(","), pay(1, "张三", "L1", "202401").split(",")]
    const done = await door.feed(await textSheets([{ sheet: "1", rows: sheet }]), { name: "feed.xlsx" })
    expect(done.outcomes.map(codeOf)).toEqual(["accepted", "accepted"])
  })

  it("as NDJSON, in the words of the API or in those of the file", async () => {
    const lines = [
      { act: "open", citizenId: idOf(1), name: "张三", scheme: "110", from: "2024-01", capacity: "employee", employer: "E1" },
      {
        YWLX: "缴费",
        AAC002: idOf(1),
        AAE140: "110",
        EAZ058: "L1",
        AAE003: "202401",
        AAE180: 8000,
        AAE080: "1280",
        AAE082: 640,
        AAB191: "2024/2/5",
      },
    ]
    const done = await door.feed(lines.map((line) => JSON.stringify(line)).join("\n"), { name: "feed.ndjson" })
    expect(done.outcomes.map(codeOf)).toEqual(["accepted", "accepted"])
  })

  it("takes a retroactive payment and a correction, blank cells leaving amounts as they are", async () => {
    await door.feed(file(open(1, "张三"), pay(1, "张三", "L3", "202403")))
    const done = await door.feed(
      file(`补缴,${idOf(1)},,110,,,L9,,202401,8000,1280,640,2024-09-01,`, `更正,${idOf(1)},,110,,,L10,L3,,9000,,720,,基数更正`),
    )
    expect(done.outcomes.map(codeOf)).toEqual(["accepted", "accepted"])
    const [late, corrected] = (await door.ledger()).slice(-2)
    expect(late?.event).toMatchObject({ kind: "late", from: "2024-01" })
    expect(corrected?.event).toMatchObject({ corrects: "L3", base_fen: 900_000, employer_fen: 128_000, personal_fen: 72_000 })
  })

  it("tells of a name that differs, and books the row", async () => {
    await door.feed(file(open(1, "张三"), pay(1, "张三", "L1", "202401")))
    const done = await door.feed(file(pay(1, "张散", "L2", "202402")))
    expect(done.outcomes.map(codeOf)).toEqual(["NAME_DIFFERS"])
    expect((await door.ledger()).length).toBe(4)
  })

  it("in a dry run says what would happen and writes nothing", async () => {
    await door.feed(file(open(1, "张三")))
    const before = (await door.ledger([""])).length
    const rows = [open(1, "张三"), pay(1, "张三", "L1", "202401"), pay(1, "张三", "L9", "202401"), open(2, "李四")]
    const done = await door.feed(file(...rows), { dryRun: true })
    expect(done.outcomes.map(codeOf)).toEqual(["unchanged", "accepted", "MONTH_PAID_BY_ANOTHER_LINE", "accepted"])
    expect((await door.ledger([""])).length).toBe(before)
    expect(done.result).toMatchObject({ receiptNo: null, accepted: 2, unchanged: 1, refused: 1 })
  })

  it("in small windows ends in the same ledger as in one", async () => {
    const rows = [1, 2, 3, 4].flatMap((n) => [
      open(n, `人${n}`),
      pay(n, `人${n}`, `A${n}`, "202401"),
      pay(n, `人${n}`, `B${n}`, "202402"),
    ])
    const whole = await door.feed(file(...rows))
    const small = await openDoor({ limits: { window_rows: 2 } })
    const pieces = await small.feed(file(...rows))
    expect(pieces.result?.resultHash).toBe(whole.result?.resultHash)
    const ids = async (from: Door) => (await from.ledger()).map(({ id }) => id).sort()
    expect(await ids(small)).toEqual(await ids(door))
    await small.close()
  })
})
