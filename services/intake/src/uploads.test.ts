import iconv from "iconv-lite"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Door, idOf, openDoor } from "./testing/door.js"

/** A table as another system exports it: its own words, two columns of the same name, one that nobody needs. */
const header = "操作,参保人身份证件号,人员姓名全称,险种,参保身份,业务流水,所属年月,申报工资,金额,金额,入账日,经办人"
const table = (...rows: string[]): Buffer => iconv.encode(`${[header, ...rows].join("\r\n")}\r\n`, "gb18030")
const chosen = {
  操作: "act",
  参保人身份证件号: "citizenId",
  人员姓名全称: "name",
  业务流水: "line",
  所属年月: "month",
  申报工资: "base",
  金额: "employerPaid",
  "金额#2": "personalPaid",
  入账日: "paidOn",
  经办人: "none",
} as const
const opening = (serial: number): string => `参保登记,${idOf(serial)},钱多多,110,灵活就业,,2024-01,,,,,王`
const paying = (serial: number, line: string): string =>
  `缴费,${idOf(serial)},钱多多,110,,${line},2024-01,8000,1280,640,2024-02-05,王`

type Json = Readonly<Record<string, unknown>>

describe("a file that is looked at before it is judged", () => {
  let door: Door
  beforeEach(async () => {
    door = await openDoor()
  })
  afterEach(() => door.close())

  const ask = async (method: "GET" | "POST", url: string, payload?: Buffer | Json, province: "31" | "44" = "31") => {
    const answer = await door.server.inject({
      method,
      url: `/intake${url}`,
      headers: {
        authorization: `Bearer ${await door.token(province)}`,
        ...(payload === undefined ? {} : { "content-type": Buffer.isBuffer(payload) ? "text/csv" : "application/json" }),
      },
      ...(payload === undefined ? {} : { payload: Buffer.isBuffer(payload) ? payload : JSON.stringify(payload) }),
    })
    return { status: answer.statusCode, body: answer.json<Json>() }
  }
  const ended = async (feedId: unknown): Promise<Json> => {
    for (;;) {
      const { body } = await ask("GET", `/feeds/${String(feedId)}`)
      if (body["state"] !== "queued" && body["state"] !== "running") return body
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  const rehearse = async (uploadId: unknown, columns: Json): Promise<Json> => {
    const { status, body } = await ask("POST", `/uploads/${String(uploadId)}/rehearsal`, { columns })
    expect(status, JSON.stringify(body)).toBe(202)
    return ended(body["feedId"])
  }
  const columnsOf = (body: Json) =>
    body["columns"] as readonly { key: string; column: string; by: string; examples: readonly string[] }[]

  it("shows each header with what it seems to be, and no ID number or name", async () => {
    const { status, body } = await ask("POST", "/uploads?fileName=a.csv", table(opening(1), paying(1, "L1")))
    expect(status).toBe(201)
    expect(body).toMatchObject({ encoding: "gb18030", remembered: null, earlier: [] })
    const columns = columnsOf(body)
    expect(columns.map(({ key }) => key)).toEqual([...header.split(",").slice(0, 9), "金额#2", "入账日", "经办人"])
    expect(columns.find(({ key }) => key === "险种")).toMatchObject({ column: "scheme", by: "known" })
    expect(columns.find(({ key }) => key === "人员姓名全称")).toMatchObject({ column: "name", by: "similar" })
    expect(columns.find(({ key }) => key === "经办人")).toMatchObject({ column: "none", by: "nothing" })
    expect(JSON.stringify(body)).not.toContain(idOf(1))
    expect(JSON.stringify(body)).not.toContain("多多")
  })

  it("is judged with the columns assigned, writes nothing, and then is booked as it was judged", async () => {
    const { body: upload } = await ask("POST", "/uploads", table(opening(1), paying(1, "L1"), paying(2, "L2")))
    const dry = await rehearse(upload["uploadId"], chosen)
    expect(dry["result"]).toMatchObject({ rows: 3, accepted: 2, changed: 0, refused: 1, receiptNo: null })
    expect(await door.ledger([""])).toEqual([])
    const { body: problems } = await ask("GET", `/feeds/${String(dry["feedId"])}/problems`)
    expect(problems).toMatchObject([{ row: 3, refused: true, code: "NOT_OPEN" }])

    const { status, body: begun } = await ask("POST", `/feeds/${String(dry["feedId"])}/run`)
    expect(status).toBe(202)
    const feed = await ended(begun["feedId"])
    expect(feed["result"]).toMatchObject({ accepted: 2, refused: 1 })
    expect((await door.ledger()).map(({ event }) => event.type)).toEqual([
      "PersonRegistered",
      "EnrollmentOpened",
      "ContributionRecorded",
    ])
    expect((await door.ledger())[2]?.event).toMatchObject({ employer_fen: 128_000, personal_fen: 64_000 })
    const [received] = await door.ledger(["Feed-"])
    expect(received?.event).toMatchObject({ fileHash: upload["fileHash"], columns: { 操作: "act", "金额#2": "personalPaid" } })
    // What the ledger reads by itself, or nobody reads, is no assignment.
    expect(received?.event).not.toHaveProperty(["columns", "经办人"])

    const { body: receipt } = await ask("GET", `/feeds/${String(feed["feedId"])}/receipt`)
    expect(receipt).toMatchObject({
      rows: 3,
      accepted: 2,
      refused: 1,
      paid_fen: 192_000,
      fileHash: upload["fileHash"],
      revision: 2,
    })
    const before = (await door.ledger([""])).length
    const { body: again } = await ask("POST", "/uploads", table(opening(1), paying(1, "L1"), paying(2, "L2")))
    expect(again["earlier"]).toMatchObject([{ feedId: feed["feedId"], receiptNo: receipt["receiptNo"] }])
    const second = await rehearse(again["uploadId"], chosen)
    const rerun = await ended((await ask("POST", `/feeds/${String(second["feedId"])}/run`)).body["feedId"])
    expect(rerun["feedId"]).toBe(feed["feedId"])
    expect(rerun["result"]).toMatchObject({ accepted: 0, unchanged: 2, refused: 1, receiptNo: receipt["receiptNo"] })
    expect((await door.ledger([""])).length).toBe(before)
    expect((await ask("GET", `/feeds/${String(feed["feedId"])}/receipt`)).body).toEqual(receipt)
  })

  it("teaches the whole agency: the same header over other rows is read at once, and by nobody else's agency", async () => {
    const { body: first } = await ask("POST", "/uploads", table(opening(1)))
    await rehearse(first["uploadId"], chosen)
    const { body: next } = await ask("POST", "/uploads", table(opening(2), paying(2, "L9")))
    expect(next["remembered"]).toMatchObject({ by: "agency-31" })
    expect(next["missing"]).toEqual([])
    expect(columnsOf(next).find(({ key }) => key === "经办人")).toMatchObject({ column: "none", by: "remembered" })
    expect(columnsOf(next).find(({ key }) => key === "金额#2")).toMatchObject({ column: "personalPaid", by: "remembered" })
    const { body: elsewhere } = await ask("POST", "/uploads", table(opening(2), paying(2, "L9")), "44")
    expect(elsewhere["remembered"]).toBeNull()
    const { body: feed } = await ask("POST", "/feeds?columns=remembered", table(opening(3)))
    expect((await ended(feed["feedId"]))["result"]).toMatchObject({ accepted: 1, refused: 0 })
  })

  it("read with other columns is another feed, and still books no fact twice", async () => {
    const file = table(opening(1), paying(1, "L1"))
    const { body: upload } = await ask("POST", "/uploads", file)
    const right = await rehearse(upload["uploadId"], chosen)
    const { body: one } = await ask("POST", `/feeds/${String(right["feedId"])}/run`)
    await ended(one["feedId"])
    const facts = (await door.ledger()).length
    const swapped = await rehearse(upload["uploadId"], { ...chosen, 金额: "personalPaid", "金额#2": "employerPaid" })
    expect(swapped["feedId"]).not.toBe(right["feedId"])
    const { body: other } = await ask("POST", `/feeds/${String(swapped["feedId"])}/run`)
    const done = await ended(other["feedId"])
    expect(done["feedId"]).not.toBe(one["feedId"])
    expect(done["result"]).toMatchObject({ accepted: 0, unchanged: 1, refused: 1 })
    expect((await door.ledger()).length).toBe(facts)
  })

  it("is refused where an assignment leaves no ID number, or two columns are one", async () => {
    const { body: upload } = await ask("POST", "/uploads", table(opening(1)))
    const path = `/uploads/${String(upload["uploadId"])}/rehearsal`
    const none = await ask("POST", path, { columns: { ...chosen, 参保人身份证件号: "none" } })
    expect([none.status, none.body["rule"]]).toEqual([422, "HEADER_MISSING"])
    const twice = await ask("POST", path, { columns: { ...chosen, 经办人: "name" } })
    expect([twice.status, twice.body["rule"]]).toEqual([422, "HEADER_DUPLICATE"])
    const unknown = await ask("POST", path, { columns: { 操作: "nonsense" } })
    expect(unknown.status).toBe(400)
  })

  it("belongs to its province, is booked after its dry run only, and is forgotten after a day", async () => {
    const { body: upload } = await ask("POST", "/uploads", table(opening(1)))
    expect((await ask("GET", `/uploads/${String(upload["uploadId"])}`, undefined, "44")).body["rule"]).toBe("UPLOAD_UNKNOWN")
    const dry = await rehearse(upload["uploadId"], chosen)
    expect((await ask("POST", `/feeds/${String(dry["feedId"])}/run`, undefined, "44")).body["rule"]).toBe("FEED_UNKNOWN")
    expect((await ask("GET", `/feeds/${String(dry["feedId"])}/receipt`)).body["rule"]).toBe("FEED_NO_RECEIPT")
    const { body: feed } = await ask("POST", `/feeds/${String(dry["feedId"])}/run`)
    await ended(feed["feedId"])
    expect((await ask("POST", `/feeds/${String(feed["feedId"])}/run`)).body["rule"]).toBe("FEED_NOT_CONTINUED")
  })
})

describe("the day a file is kept", () => {
  it("ends", async () => {
    const door = await openDoor({ limits: { uploads_kept_ms: -1 } })
    const send = async (serial: number) =>
      door.server.inject({
        method: "POST",
        url: "/intake/uploads",
        headers: { authorization: `Bearer ${await door.token("31")}`, "content-type": "text/csv" },
        payload: table(opening(serial)),
      })
    const first = (await send(1)).json<{ uploadId: string }>()
    await send(2)
    const answer = await door.server.inject({
      url: `/intake/uploads/${first.uploadId}`,
      headers: { authorization: `Bearer ${await door.token("31")}` },
    })
    expect(answer.json()).toMatchObject({ rule: "UPLOAD_UNKNOWN" })
    await door.close()
  })
})
