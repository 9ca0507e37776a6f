/** The HTTP surface of every service: its document lists its routes, and no route tells a stranger anything. */
import { layDemoSetting } from "@tongzhang/standalone/demo/setting"
import { type Ledger, openLedger } from "@tongzhang/standalone/ledger"
import { createLogger } from "@tongzhang/service-kit/logger"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder } from "./support.ts"

type Operation = { readonly security?: readonly unknown[]; readonly responses: Readonly<Record<string, unknown>> }
type Document = { readonly openapi: string; readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

/** One route of each service that must be in its document: the one that its users need first. */
const needed = {
  intake: "/intake/feeds",
  national: "/national/persons/lookup",
  transfer: "/transfer/applications",
  duplicates: "/duplicates/cases",
  audit: "/audit/verify",
  demo: "/demo/clock",
  projector: "/projector/rebuild",
  v1: "/v1/persons/{key}/record",
} as const
const services = Object.keys(needed) as (keyof typeof needed)[]

const folder = temporaryFolder("http")
let ledger: Ledger

beforeAll(async () => {
  layDemoSetting(folder.path, Date.now())
  ledger = await openLedger({ dataDir: folder.path, logger: createLogger({ service: "http", level: "fatal" }) })
}, 120_000)
afterAll(async () => {
  await ledger.close()
  folder.remove()
})

const documentOf = async (service: string): Promise<Document> => {
  const response = await ledger.server.inject(`/${service}/openapi.json`)
  expect(response.statusCode).toBe(200)
  return response.json<Document>()
}

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )

describe.each(services)("%s", (service) => {
  it("has an OpenAPI 3.1 document of its own routes, each with its answers", async () => {
    const document = await documentOf(service)
    expect(document.openapi).toBe("3.1.0")
    expect(Object.keys(document.paths)).toContain(needed[service])
    for (const { path, method, operation } of operationsOf(document)) {
      expect(path.startsWith(`/${service}/`), path).toBe(true)
      expect(Object.keys(operation.responses), `${method} ${path}`).toContain("default")
    }
  })

  it("lists every route that the server knows", async () => {
    const document = await documentOf(service)
    for (const { path, method } of operationsOf(document)) {
      const url = path.replaceAll("{*}", "*").replaceAll(/\{([^}]+)\}/g, ":$1")
      expect(ledger.server.hasRoute({ url, method: method as "GET" }), `${method} ${url}`).toBe(true)
    }
  })

  it("answers 401 with a problem to whoever comes without a token", async () => {
    let asked = 0
    for (const { path, method, operation } of operationsOf(await documentOf(service))) {
      if (operation.security?.length === 0) continue
      asked++
      const response = await ledger.server.inject({ method: method as "GET", url: path.replaceAll(/\{[^}]+\}/g, "x") })
      const where = `${method} ${path}`
      expect(response.statusCode, where).toBe(401)
      expect(response.headers["content-type"], where).toContain("application/problem+json")
      expect(response.json(), where).toMatchObject({
        status: 401,
        rule: "AUTH_MISSING",
        hint_zh: expect.any(String),
        hint_en: expect.any(String),
      })
    }
    expect(asked).toBeGreaterThan(0)
  })
})

describe("the whole", () => {
  it("is ready, and says so part by part", async () => {
    const response = await ledger.server.inject("/ready")
    expect(response.statusCode, response.body).toBe(200)
    const { checks } = response.json<{ checks: readonly { readonly name: string; readonly ok: boolean }[] }>()
    expect(checks.length).toBeGreaterThan(5)
    expect(checks.filter((check) => !check.ok)).toEqual([])
  })

  it("is alive", async () => {
    expect((await ledger.server.inject("/health")).json()).toMatchObject({ ok: true })
  })

  it("counts its requests by route, and tells how far each follower is behind", async () => {
    await ledger.server.inject("/national/persons/x/record")
    const { statusCode, body } = await ledger.server.inject("/metrics")
    expect(statusCode).toBe(200)
    expect(body).toMatch(/http_request_duration_seconds_count\{[^}]*status="401"/)
    expect(body).toMatch(/tongzhang_check_ok\{check="[^"]+"\} 1/)
    expect(body).toContain("tongzhang_lag_seconds")
  })

  it("says a problem, not a stack, of a route nobody knows", async () => {
    const response = await ledger.server.inject("/nowhere")
    expect(response.statusCode).toBe(404)
    expect(response.headers["content-type"]).toContain("application/problem+json")
  })
})

it("/v1 is another name of national's routes of a person, and answers the same", async () => {
  const [own, other] = [await documentOf("national"), await documentOf("v1")]
  const named = Object.keys(own.paths).filter((path) => path.startsWith("/national/persons/"))
  expect(Object.keys(other.paths)).toEqual(named.map((path) => path.replace("/national", "/v1")))
  const headers = { authorization: `Bearer ${await ledger.issue("center")}`, "x-purpose": "service" }
  const of = async (prefix: string) => {
    const url = `${prefix}/persons/${"0".repeat(32)}/record?validAt=2020-01`
    const { instance: _ofTheRequest, ...answer } = (await ledger.server.inject({ url, headers })).json<{ instance: string }>()
    return answer
  }
  expect(await of("/v1")).toEqual(await of("/national"))
  expect(await of("/v1")).toMatchObject({ rule: "PERSON_UNKNOWN" })
})
