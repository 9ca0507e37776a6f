import type { ProvinceCode } from "@tongzhang/domain/codes"
import * as Enrollment from "@tongzhang/domain/enrollment"
import { streamOf } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import * as Policy from "@tongzhang/domain/policy"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { createLogger } from "@tongzhang/service-kit/logger"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { createServer } from "@tongzhang/service-kit/http"
import { mountService } from "@tongzhang/service-kit/mount"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import { XMLParser, XMLValidator } from "fast-xml-parser"
import * as fc from "fast-check"
import iconv from "iconv-lite"
import readXlsxFile from "read-excel-file/node"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { createAuditService } from "../audit.js"
import { alice, citizenId, openWorld, type World } from "../fixtures/world.js"
import type { AccessEntry } from "../routes.js"
import { elementOf } from "./elements.js"
import { brokenBy } from "./quality.js"
import { tableNumbers, tables } from "./tables.js"
import { escaped, gb18030, type Row, xmlOf } from "./xml.js"

const secret = "a token secret for tests, long enough"
const bob = "b".repeat(32) as PersonKey

describe("the XML of a table", () => {
  const read = async (row: Row): Promise<string> => {
    const pieces: Buffer[] = []
    const rows = (async function* () {
      yield row
    })()
    for await (const piece of xmlOf(tables["2"], rows)) pieces.push(piece)
    return iconv.decode(Buffer.concat(pieces), "gb18030")
  }

  it("is well formed and brings every name back, whatever characters it is made of", async () => {
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false })
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("𠮷野家", "㐂", "王𬭬", "a<b>&\"c'", "张\u0000三", "]]>", "🀄"),
    )
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        const xml = await read({ AAC003: text })
        expect(XMLValidator.validate(xml)).toBe(true)
        const { 人员信息 } = parser.parse(xml) as { 人员信息: Record<string, Record<string, { "#text"?: string }>> }
        const found = 人员信息["养老保险个人基本信息表"]?.["姓名"]?.["#text"] ?? ""
        // Line ends are one to an XML reader (§2.11).
        const plain = escaped(text)
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&amp;", "&")
        expect(found.replaceAll(/\r\n?/gu, "\n")).toBe(plain.replaceAll(/\r\n?/gu, "\n"))
      }),
    )
  })

  it("writes rare characters in GB 18030, four bytes each, and reads them back", () => {
    for (const text of ["𠮷", "𬭬", "㐂", "李"]) expect(iconv.decode(gb18030(text), "gb18030")).toBe(text)
    expect(gb18030("𠮷")).toHaveLength(4)
    expect(gb18030("李")).toEqual(Buffer.from([0xc0, 0xee]))
  })

  it("has no column without a printed element, and names what is not held", () => {
    for (const number of tableNumbers) {
      const { columns, notHeld } = tables[number]
      for (const name of columns) expect(elementOf(name).locId).toMatch(/^\d{6}$/)
      expect(new Set(columns).size).toBe(columns.length)
      expect(notHeld.filter((name) => !columns.includes(name))).toEqual([])
    }
  })
})

describe("the standard's quality rules", () => {
  it.each([
    ["AAC002", { AAC002: "110105194912310021" }],
    ["AAC006", { AAC002: "11010519491231002X", AAC006: "19500101" }],
    ["AAC049", { AAC049: "199901", AAC007: "20000101" }],
    ["AAE180", { AAC031: "1", AAE180: "" }],
    ["AAE180", { AAC031: "2", AAE180: "100.00" }],
    ["AAE082", { AAE082: "2.00", AAE022: "1.99" }],
    ["AIC162", { AIC162: "19991231", AAC007: "20000101" }],
  ])("finds %s broken", (rule, row) => expect(brokenBy(row as Row)).toEqual([rule]))

  it("finds nothing in a row that keeps them", () => {
    expect(
      brokenBy({
        AAC002: "11010519491231002X",
        AAC006: "19491231",
        AAC031: "1",
        AAE180: "5000.00",
        AAE082: "1.00",
        AAE022: "1.00",
      }),
    ).toEqual([])
  })
})

describe("tables of a ledger", () => {
  let record: RecordDb
  let world: World
  let noted: AccessEntry[]
  let ask: (path: string) => Promise<{ status: number; bytes: Buffer; type: string }>
  let stop: () => Promise<void>
  beforeAll(async () => {
    record = await openRecord({ kind: "pglite", path: null })
  }, 60_000)
  afterAll(() => record.close())
  beforeEach(async () => {
    await record.clear()
    world = await openWorld(record)
    await world.history(alice)
    await world.move(alice, "t1")
    await world.history(bob)
    await world.project()
    noted = []
    const logger = createLogger({ service: "audit", level: "silent" })
    const audit = createAuditService({ ...world, logger, logAccess: async (entry) => void noted.push(entry) })
    const verifier = createVerifier({ alg: "HS256", secret }, { now: world.clock.now })
    const server = createServer({
      name: "audit",
      logger,
      verifier,
      metrics: createMetrics({ process: false }),
      bodyLimit_bytes: 1_000,
    })
    await mountService(server, { prefix: "/audit", title: "Audit", version: "1", description: "", plugin: audit.plugin })
    ask = async (path) => {
      const token = await issueToken(secret, { kind: "auditor", id: "a1" }, { ttl_seconds: 60, now: world.clock.now() })
      const headers = { authorization: `Bearer ${token}`, "x-purpose": "audit" }
      const { statusCode, rawPayload, headers: got } = await server.inject({ url: `/audit/export/gbt40217${path}`, headers })
      return { status: statusCode, bytes: rawPayload, type: String(got["content-type"]) }
    }
    stop = async () => {
      await server.close()
      await audit.close()
    }
  })
  afterEach(async () => {
    await stop()
    await world.close()
  })

  const rowsOf = async (query: string): Promise<Record<string, string>[]> => {
    const { status, bytes } = await ask(`?format=csv&${query}`)
    expect(status, bytes.toString()).toBe(200)
    const [head = "", ...lines] = bytes.toString().replace("\uFEFF", "").trim().split("\r\n")
    const names = head.split(",").map((title) => title.split(" ")[1] ?? "")
    return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i] ?? "", cell])))
  }

  it("every table is well-formed GB 18030 XML in the standard's namespace, each element with its locID", async () => {
    for (const table of tableNumbers) {
      const { status, bytes, type } = await ask(`?table=${table}&reveal=true`)
      expect([status, type]).toEqual([200, "application/xml; charset=GB18030"])
      const xml = iconv.decode(bytes, "gb18030")
      expect(XMLValidator.validate(xml), table).toBe(true)
      expect(xml).toContain('xmlns="http://sxbw.audit.gov.cn/AppsDataInterfaceStandard/2019/Pension/XMLSchema"')
    }
    // Root elements as the samples of Appendix B print them.
    for (const [table, root] of [
      ["1", "单位信息"],
      ["8", "单位缴费"],
      ["15", "变更转移"],
      ["16", "参数信息"],
    ] as const)
      expect(iconv.decode((await ask(`?table=${table}`)).bytes, "gb18030")).toContain(`<${root} xsi:schemaLocation="`)
    const enrolled = iconv.decode((await ask("?table=4&province=31&reveal=true")).bytes, "gb18030")
    expect(enrolled).toContain('<姓名 locID="003003">李小红</姓名>')
    expect(enrolled).toContain('<险种代码 locID="005013">110</险种代码>')
    expect(enrolled).toContain('<个人参保状态 locID="004003">正常参保</个人参保状态>')
  })

  it("fills no element that it calls not held", async () => {
    for (const table of tableNumbers)
      for (const row of await rowsOf(`table=${table}`))
        expect(
          tables[table].notHeld.filter((name) => (row[name] ?? "") !== ""),
          table,
        ).toEqual([])
  })

  it("contributions are those that stand, corrected amounts and all; a reversed line is gone", async () => {
    const rows = await rowsOf("table=11&province=44")
    expect(rows.map((row) => [row["AAC001"], row["EAZ058"], row["AAE180"], row["AAE023"]])).toEqual(
      [alice, bob].flatMap((key) => [
        [key.slice(0, 20), "L1", "5000.00", "400.00"],
        [key.slice(0, 20), "L2", "6000.00", "480.00"],
      ]),
    )
  })

  it("what an employer paid at once is the sum of its persons' lines, whoever employs them now", async () => {
    const [persons, units] = [await rowsOf("table=11&province=44"), await rowsOf("table=8&province=44")]
    // Alice and Bob, each L1 (three months) and L2 as corrected, on one day for one employer.
    expect(
      units.map((row) => [row["AAB001"], row["AAE003"], row["AAB119"], row["AAB121"], row["AAE020"], row["AAE023"]]),
    ).toEqual([
      ["E1", "202301", "2", "30000.00", "1600.00", "800.00"],
      ["E1", "202304", "2", "12000.00", "1920.00", "960.00"],
    ])
    const sum = (rows: Record<string, string>[], name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
    for (const name of ["AAE058", "AAE020", "AAE021", "AAE022", "AAE023", "AAE082"])
      expect(sum(units, name), name).toBeCloseTo(sum(persons, name), 2)
    await world.run(
      Enrollment,
      streamOf({ province: "44", scheme: "110", person: bob }),
      Enrollment.changeCapacity({ scheme: "110", from: month("2023-04"), capacity: "employee", employer: "E2" }),
    )
    expect((await rowsOf("table=8&province=44")).map((row) => [row["AAB001"], row["AAE003"], row["AAB119"]])).toEqual([
      ["E1", "202301", "2"],
      ["E1", "202304", "1"],
      ["E2", "202304", "1"],
    ])
    expect((await rowsOf("table=11&province=44")).map((row) => row["AAB001"])).toEqual(["E1", "E1", "E1", "E2"])
    expect((await rowsOf("table=1&province=44")).map((row) => [row["AAB001"], row["AAB050"]])).toEqual([
      ["E1", "202301"],
      ["E2", "202304"],
    ])
    expect(await rowsOf("table=9&province=44")).toEqual([])
  })

  it("the first month of a scheme is the nation's, not the province's", async () => {
    for (const table of [4, 15]) {
      const first = (await rowsOf(`table=${table}&province=31`)).map((row) => row["AAC049"])
      expect(new Set(first), String(table)).toEqual(new Set(["202301"]))
    }
  })

  it("the table of parameters holds every code of the other tables, and what was published and withdrawn by then", async () => {
    const codes = await rowsOf("table=16&province=31")
    const listed = new Set(codes.map((row) => `${row["AAA002"]} ${row["AAA102"]}`))
    for (const table of tableNumbers)
      for (const row of await rowsOf(`table=${table}&province=31`))
        for (const name of [
          "AAA115",
          "AAC004",
          "AAC031",
          "AAC050",
          "AAE078",
          "AAE140",
          "EAC040",
          "EAC071",
          "EAE004",
          "AAA029",
          "AAC016",
        ])
          if ((row[name] ?? "") !== "") expect(listed, `table ${table}`).toContain(`${name} ${row[name]}`)
    const parameter = {
      id: "pension-base/31/2024",
      family: "pension-base",
      region: null,
      key: null,
      validFrom: "2024-01",
      validTo: "2024-12",
      value: 1_230_700,
      unit: "fen",
      document: null,
      source: "a notice",
      confidence: "constructed",
    } as const
    await world.run(Policy, Policy.streamOf("31"), Policy.publishParameters([parameter]))
    const published = async (more = ""): Promise<unknown[]> =>
      (await rowsOf(`table=16&province=31${more}`))
        .filter((row) => row["AAA002"] === "pension-base")
        .map((row) => [row["AAE140"], row["AAA102"], row["EAA023"], row["AAE100"]])
    const before = (await world.store.head()) ?? ""
    expect(await published()).toEqual([["110", "12307.00", parameter.id, "是"]])
    expect(await published("&from=2020-01-01&to=2023-12-31")).toEqual([])
    await world.run(Policy, Policy.streamOf("31"), Policy.withdrawParameter(parameter.id, "misread"))
    expect(await published()).toEqual([["110", "12307.00", parameter.id, "否"]])
    expect(await published(`&knownAt=${before}`)).toEqual([["110", "12307.00", parameter.id, "是"]])
    expect((await rowsOf("table=17&province=31")).map((row) => [row["AAE140"], row["AAA037"]])).toEqual([
      ["110", "基本养老金"],
      ["120", "基本养老金"],
      ["170", "基本养老金"],
    ])
  })

  it("an account's last year ends with its balance", async () => {
    const last = (await rowsOf("table=6&province=31")).filter((row) => row["AAC001"] === alice.slice(0, 20)).at(-1)
    // 2 x 8,000 x 8 % of her own (one line's amounts) and what came from 44.
    expect(last).toMatchObject({ AAE001: "2024", ZZB005: "1520.00", EAC040: "1" })
  })

  it("a transfer is out in one province and in in the other, with the same money", async () => {
    const [out] = await rowsOf("table=7&province=44")
    const [into] = await rowsOf("table=7&province=31")
    expect(out).toMatchObject({ EAC071: "1", OAA027: "310000" })
    expect(into).toMatchObject({ EAC071: "2", OAA027: "440000" })
    for (const name of ["AIC099", "AIC102", "AIC103", "AAE201"]) expect(into?.[name]).toBe(out?.[name])
  })

  it("as known at an earlier position, what came later is not there", async () => {
    const facts = await world.store.readStream(streamOf({ province: "44" as ProvinceCode, scheme: "110", person: alice }), {
      direction: "forwards",
      max: 3,
    })
    const rows = await rowsOf(`table=11&province=44&knownAt=${facts[1]?.position ?? ""}`)
    expect(rows.map((row) => row["EAZ058"])).toEqual(["L1"])
  })

  it("masks unless asked to reveal, and notes every person's read", async () => {
    const [masked] = await rowsOf("table=2&province=31")
    expect(masked?.["AAC003"]).toBe("李**")
    expect(noted.map(({ person, what }) => [person, what])).toEqual([
      [alice, "export GB/T 40217 table 2"],
      [bob, "export GB/T 40217 table 2"],
    ])
    const [open] = await rowsOf("table=2&province=31&reveal=true")
    expect(open).toMatchObject({ AAC002: citizenId, AAC006: citizenId.slice(6, 14), AAC004N: "女性" })
  })

  it("the quality report names the rule, the row and the person", async () => {
    const { bytes } = await ask("/quality?table=2&province=31")
    const report = JSON.parse(bytes.toString()) as { rows: number; byRule: unknown; violations: unknown[] }
    // The world's people have an ID number whose check digit is wrong.
    expect(report.rows).toBe(2)
    expect(report.byRule).toEqual({ AAC002: 2 })
    expect(report.violations[1]).toEqual({ rule: "AAC002", province: "310000", person: bob.slice(0, 20), row: 2 })
    expect(bytes.toString()).not.toContain(citizenId)
  })

  it("opens as XLSX with the same rows", async () => {
    const { bytes } = await ask("?table=15&province=44&format=xlsx")
    const sheets = await readXlsxFile(bytes)
    expect(JSON.stringify(sheets)).toContain("参保登记")
  })

  it("keeps to the period", async () => {
    expect(await rowsOf("table=11&province=44&from=2025-01-01&to=2025-12-31")).toEqual([])
    expect((await ask("?table=99")).status).toBe(400)
  })
})
