import { afterAll, beforeAll, describe, expect, it } from "vitest"
import iconv from "iconv-lite"
import { csv } from "./testing/bad-input-cases.js"
import { type Door, idOf, openDoor } from "./testing/door.js"

const open = (serial: number) => ({
  业务类型: "参保登记",
  公民身份号码: idOf(serial),
  姓名: "周四",
  险种类型: "110",
  参保身份: "职工",
  单位编号: "E1",
  开始年月: "2024-01",
})

describe("the door over HTTP", () => {
  let door: Door
  let headers: Record<string, string>
  beforeAll(async () => {
    door = await openDoor()
    headers = { authorization: `Bearer ${await door.token("31")}` }
  })
  afterAll(() => door.close())

  const send = (payload: unknown, more: Record<string, string> = {}) =>
    door.server.inject({
      method: "POST",
      url: "/intake/commands",
      headers: { ...headers, "content-type": "application/json", ...more },
      payload: JSON.stringify(payload),
    })
  const get = (url: string, token = headers) => door.server.inject({ method: "GET", url, headers: token })
  const finished = async (feedId: string): Promise<void> => {
    const { job } = (await get(`/intake/feeds/${feedId}`)).json<{ job: { id: string } }>()
    await door.intake.jobs.wait(job.id)
  }

  it("takes a command once, however often it is sent", async () => {
    const command = {
      act: "open",
      citizenId: idOf(1),
      name: "周四",
      scheme: "110",
      from: "2024-01",
      capacity: "employee",
      employer: "E1",
    }
    const first = await send(command, { "idempotency-key": "open-1" })
    expect(first.statusCode).toBe(201)
    expect(first.json()).toMatchObject({ status: "accepted", revision: 0, events: [{ type: "EnrollmentOpened@2", revision: 0 }] })
    const again = await send(command, { "idempotency-key": "open-1" })
    expect(again.statusCode).toBe(200)
    expect(again.json()).toMatchObject({
      status: "unchanged",
      events: [],
      receiptNo: first.json<{ receiptNo: string }>().receiptNo,
    })
  })

  it("gives the command and the row of a file the same event id", async () => {
    const other = await openDoor()
    const command = {
      act: "open",
      citizenId: idOf(2),
      name: "周四",
      scheme: "110",
      from: "2024-01",
      capacity: "employee",
      employer: "E1",
    }
    const sent = (await send(command)).json<{ events: { id: string }[] }>()
    await other.feed(csv(open(2)))
    const fromFile = (await other.ledger(["Enrollment-"])).map(({ id }) => id)
    expect(sent.events.map(({ id }) => id)).toEqual(fromFile)
    await other.close()
  })

  it("keeps a province's feeds and jobs to itself", async () => {
    const done = await door.feed(csv(open(3)))
    const others = { authorization: `Bearer ${await door.token("44")}` }
    expect((await get(`/intake/feeds/${done.feedId}`)).statusCode).toBe(200)
    expect((await get(`/intake/feeds/${done.feedId}`, others)).statusCode).toBe(404)
    expect((await get(`/intake/feeds/${done.feedId}/result.csv`, others)).statusCode).toBe(404)
    expect((await get("/intake/feeds", others)).json()).toEqual([])
  })

  it("takes a file as the body, counts, and gives the rows back with their fate in the file's own encoding", async () => {
    const good = open(4)
    const bad = { ...open(5), 参保身份: "董事长" }
    const payload = iconv.encode(csv(good, bad), "gb18030")
    const taken = await door.server.inject({
      method: "POST",
      url: "/intake/feeds?fileName=%E4%B8%8A%E6%B5%B7.csv",
      headers: { ...headers, "content-type": "text/csv" },
      payload,
    })
    expect(taken.statusCode).toBe(202)
    const { feedId } = taken.json<{ feedId: string }>()
    await finished(feedId)
    expect((await get(`/intake/feeds/${feedId}`)).json()).toMatchObject({
      state: "done",
      fileName: "上海.csv",
      encoding: "gb18030",
      result: { rows: 2, accepted: 1, refused: 1 },
      job: { state: "done", done: 2, total: 2 },
    })
    const result = iconv.decode((await get(`/intake/feeds/${feedId}/result.csv`)).rawPayload, "gb18030").split("\r\n")
    expect(result[0]).toMatch(/,状态,代码,提示$/)
    expect(result[1]).toMatch(/,接受,,$/)
    expect(result[2]).toContain("拒绝,CAPACITY_UNKNOWN,参保身份“董事长”无法识别")
    const english = iconv.decode((await get(`/intake/feeds/${feedId}/result.csv?lang=en`)).rawPayload, "gb18030")
    expect(english).toContain('refused,CAPACITY_UNKNOWN,"Capacity 董事长 is unknown')
    // The refused rows come back as a file that can be corrected and sent again as it is.
    const failed = iconv.decode((await get(`/intake/feeds/${feedId}/failed.csv`)).rawPayload, "gb18030")
    expect(failed.split("\r\n").length).toBe(3)
    const corrected = await door.feed(iconv.encode(failed.replace("董事长", "职工"), "gb18030"))
    expect(corrected.result).toMatchObject({ rows: 1, accepted: 1 })
    const workbook = await get(`/intake/feeds/${feedId}/result.xlsx`)
    expect(workbook.rawPayload.subarray(0, 2).toString()).toBe("PK")
  })

  it("takes a multipart upload, and a dry run writes nothing", async () => {
    const before = await door.store.head()
    const body = [
      "--b",
      'content-disposition: form-data; name="file"; filename="feed.csv"',
      "content-type: text/csv",
      "",
      csv(open(6)),
      "--b--",
      "",
    ].join("\r\n")
    const taken = await door.server.inject({
      method: "POST",
      url: "/intake/feeds?dryRun=true",
      headers: { ...headers, "content-type": "multipart/form-data; boundary=b" },
      payload: body,
    })
    expect(taken.statusCode).toBe(202)
    const { feedId } = taken.json<{ feedId: string }>()
    await finished(feedId)
    expect((await get(`/intake/feeds/${feedId}`)).json()).toMatchObject({
      dryRun: true,
      result: { accepted: 1, receiptNo: null },
    })
    expect(await door.store.head()).toBe(before)
  })

  it("shows the template, the codes and its own description to everybody", async () => {
    const template = await door.server.inject({ method: "GET", url: "/intake/template.csv" })
    expect(template.body).toContain("公民身份号码(AAC002)")
    expect((await door.server.inject({ method: "GET", url: "/intake/template.xlsx" })).statusCode).toBe(200)
    const codes = (await door.server.inject({ method: "GET", url: "/intake/codes" })).json<{ code: string }[]>()
    expect(codes.map(({ code }) => code)).toContain("ID_EXCEL_FLOAT")
    const document = (await door.server.inject({ method: "GET", url: "/intake/openapi.json" })).json<{ paths: object }>()
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(["/intake/commands", "/intake/feeds", "/intake/feeds/{feedId}/result.csv"]),
    )
  })

  it("takes the template's own header back", async () => {
    const template = (await door.server.inject({ method: "GET", url: "/intake/template.csv" })).body.trim()
    const titles = template.replace("\uFEFF", "").split(",")
    const row = titles.map((title) => (open(7) as Record<string, string>)[title.replace(/\(.*/, "")] ?? "")
    const done = await door.feed(`${template}\r\n${row.join(",")}\r\n`)
    expect(done.result).toMatchObject({ accepted: 1 })
  })
})
