import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { z } from "zod"
import { requireCaller, requirePurpose } from "./auth.js"
import { createHealth, type Health } from "./health.js"
import { createServer, type Server } from "./http.js"
import { createLogger } from "./logger.js"
import { createMetrics } from "./metrics.js"
import { mountService, type ServicePlugin } from "./mount.js"
import { problem } from "./problem.js"
import { createVerifier, issueToken } from "./token.js"

const secret = "a shared secret of thirty-two bytes or more"
const now = Date.UTC(2026, 10, 22)

const payment = z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), amount_fen: z.number().int().positive() })

const intake: ServicePlugin = async (server) => {
  server.post(
    "/payments",
    {
      schema: {
        summary: "Record payments",
        body: z.object({ rows: z.array(payment).min(1) }),
        response: { 201: z.object({ accepted: z.number() }) },
      },
    },
    async (request, reply) => {
      requireCaller(request, "agency")
      return reply.code(201).send({ accepted: request.body.rows.length })
    },
  )
  server.get("/broken", async () => {
    throw new Error("password of the database is 12345")
  })
  server.get("/refused", async () => {
    throw problem({
      status: 409,
      rule: "PERIOD_CLOSED",
      row: 7,
      hint_zh: "该月已结账",
      hint_en: "That month is closed",
      article: "Art. 17",
    })
  })
  server.get("/open", { config: { public: true } }, async () => ({ open: true }))
}

const national: ServicePlugin = async (server) => {
  const record = z.object({ person: z.string(), months: z.number() }).meta({ id: "PersonRecord" })
  server.get(
    "/persons/:person",
    { schema: { params: z.object({ person: z.string() }), response: { 200: record } } },
    async (request) => {
      requirePurpose(request)
      return { person: request.params.person, months: 0 }
    },
  )
}

describe("a server with two services", () => {
  let server: Server
  let health: Health
  let lines: string[]
  let bearer: Record<string, string>
  beforeEach(async () => {
    lines = []
    health = createHealth({ timeout_ms: 50 })
    server = createServer({
      name: "standalone",
      logger: createLogger({ service: "test", level: "info", destination: { write: (line: string) => void lines.push(line) } }),
      verifier: createVerifier({ alg: "HS256", secret }, { now: () => now }),
      metrics: createMetrics({ process: false }),
      health,
      bodyLimit_bytes: 2_000,
    })
    await mountService(server, {
      prefix: "/intake",
      title: "Intake",
      version: "1.0.0",
      description: "Door of the provinces",
      plugin: intake,
    })
    await mountService(server, {
      prefix: "/national",
      title: "National",
      version: "1.0.0",
      description: "One record",
      plugin: national,
    })
    await server.ready()
    bearer = {
      authorization: `Bearer ${await issueToken(secret, { kind: "agency", id: "sh-01", province: "31" }, { ttl_seconds: 60, now })}`,
    }
  })
  afterEach(() => server.close())

  const post = (payload: unknown, headers: Record<string, string> = {}) =>
    server.inject({
      method: "POST",
      url: "/intake/payments",
      headers: { ...bearer, "content-type": "application/json", ...headers },
      payload: payload as string,
    })

  it("takes a good request", async () => {
    const response = await post({ rows: [{ month: "2026-10", amount_fen: 120_000 }] })
    expect([response.statusCode, response.json()]).toEqual([201, { accepted: 1 }])
  })

  it("names every wrong field in both languages, never its value", async () => {
    const response = await post({ rows: [{ month: "2026-10", amount_fen: "许多" }, { month: "310101199001011237" }] })
    expect(response.statusCode).toBe(400)
    expect(response.headers["content-type"]).toContain("application/problem+json")
    const body = response.json<Record<string, unknown>>()
    expect(body).toMatchObject({ rule: "SCHEMA", field: "rows[0].amount_fen", status: 400, type: "urn:tongzhang:problem:SCHEMA" })
    expect(body["hint_zh"]).toMatch(/[\u4e00-\u9fff]/u)
    expect((body["errors"] as { field: string }[]).map((error) => error.field)).toEqual([
      "rows[0].amount_fen",
      "rows[1].month",
      "rows[1].amount_fen",
    ])
    expect(response.body).not.toContain("许多")
    expect(response.body).not.toContain("19900101")
  })

  it.each([
    ["bad JSON", '{"rows":[', {}, 400, "JSON"],
    ["an empty body", "", {}, 400, "JSON"],
    ["another media type", "<rows/>", { "content-type": "application/xml" }, 415, "MEDIA_TYPE"],
    ["a body too large", JSON.stringify({ rows: "x".repeat(3_000) }), {}, 413, "BODY_TOO_LARGE"],
    ["a token that is none", "{}", { authorization: "Basic abc" }, 401, "AUTH_INVALID"],
    ["no token", "{}", { authorization: "" }, 401, "AUTH_MISSING"],
  ])("answers %s with a problem", async (_name, payload, headers, status, rule) => {
    const response = await post(payload, headers)
    expect(response.json()).toMatchObject({
      status,
      rule,
      hint_zh: expect.stringMatching(/[\u4e00-\u9fff]/u),
      hint_en: expect.stringMatching(/\w/),
    })
    expect(response.statusCode).toBe(status)
    expect(response.json<{ instance: string }>().instance).toBe(
      `urn:tongzhang:request:${String(response.headers["x-request-id"])}`,
    )
  })

  it("answers an unknown route, a refusal of the domain and a surprise", async () => {
    const get = async (url: string) => (await server.inject({ url, headers: bearer })).json<Record<string, unknown>>()
    expect(await get("/intake/nothing")).toMatchObject({ status: 404, rule: "NO_ROUTE" })
    expect(await get("/intake/refused")).toMatchObject({
      status: 409,
      rule: "PERIOD_CLOSED",
      row: 7,
      article: "Art. 17",
      title: "Conflict",
    })
    const surprise = await get("/intake/broken")
    expect(surprise).toMatchObject({ status: 500, rule: "INTERNAL" })
    expect(JSON.stringify(surprise)).not.toContain("12345")
    expect(lines.join("")).toContain("unexpected error")
  })

  it("lets nobody in without a token, except where a route is public", async () => {
    expect((await server.inject({ url: "/intake/refused" })).json()).toMatchObject({ status: 401, rule: "AUTH_MISSING" })
    expect((await server.inject({ url: "/intake/open" })).statusCode).toBe(200)
    expect((await server.inject({ url: "/intake/open", headers: { authorization: "Bearer rubbish" } })).statusCode).toBe(200)
  })

  it("keeps a caller's request id, but not one that is an ID number", async () => {
    const id = async (given: string) =>
      (await server.inject({ url: "/health", headers: { "x-request-id": given } })).headers["x-request-id"]
    expect(await id("batch-2026-11-0001")).toBe("batch-2026-11-0001")
    expect(await id("310101199001011237")).not.toBe("310101199001011237")
  })

  it("describes each service's own routes only, as OpenAPI 3.1", async () => {
    const document = (await server.inject({ url: "/intake/openapi.json" })).json<Record<string, never>>()
    expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "Intake" }, security: [{ bearer: [] }] })
    expect(Object.keys(document["paths"] ?? {}).toSorted()).toEqual([
      "/intake/broken",
      "/intake/open",
      "/intake/payments",
      "/intake/refused",
    ])
    const operation = document["paths"]?.["/intake/payments"]?.["post"] as unknown as Record<string, Record<string, unknown>>
    expect(operation["responses"]?.["default"]).toEqual({ $ref: "#/components/responses/Problem" })
    expect(JSON.stringify(operation["requestBody"])).toContain("amount_fen")
    expect(document["paths"]?.["/intake/open"]?.["get"]).toMatchObject({ security: [] })
    expect(Object.keys(document["components"]?.["schemas"] ?? {})).toEqual(["Problem"])
    const other = (await server.inject({ url: "/national/openapi.json" })).json<Record<string, never>>()
    expect(Object.keys(other["paths"] ?? {})).toEqual(["/national/persons/{person}"])
    expect(Object.keys(other["components"]?.["schemas"] ?? {}).toSorted()).toEqual(["PersonRecord", "Problem"])
    expect((await server.inject({ url: "/national/docs" })).statusCode).toBe(200)
    expect((await server.inject({ url: "/intake/docs/static/swagger-ui.css" })).statusCode).toBe(200)
  })

  it("counts requests by route template and logs no URL", async () => {
    await server.inject({ url: "/national/persons/310101199001011237?name=x", headers: { ...bearer, "x-purpose": "service" } })
    await server.inject({ url: "/310101199001011237" })
    const metrics = (await server.inject({ url: "/metrics" })).body
    expect(metrics).toContain(
      'http_request_duration_seconds_count{method="GET",route="/national/persons/:person",status="200"} 1',
    )
    expect(metrics).toContain('route="unmatched"')
    expect(metrics + lines.join("")).not.toContain("310101199001011237")
    expect(lines.join("")).toContain("/national/persons/:person")
  })

  it("forbids caches to keep a record", async () => {
    const response = await server.inject({ url: "/national/persons/abc", headers: { ...bearer, "x-purpose": "service" } })
    expect(response.headers["cache-control"]).toBe("no-store")
  })

  it("is ready only while its parts are, and says which one is not and where it is stuck", async () => {
    expect((await server.inject({ url: "/ready" })).json()).toMatchObject({ ok: true, checks: [] })
    const remove = health.add({
      name: "projector",
      limit_lag_seconds: 30,
      check: async () => ({ ok: true, lag_seconds: 95, stuck_key: "ab12" }),
    })
    health.add({ name: "relay", check: async () => ({ ok: true, lag_seconds: 1 }) })
    const late = await server.inject({ url: "/ready" })
    expect(late.statusCode).toBe(503)
    expect(late.json()).toMatchObject({
      checks: [
        { name: "projector", ok: false, detail: "95 s behind, limit 30 s, oldest stuck key ab12" },
        { name: "relay", ok: true },
      ],
    })
    expect((await server.inject({ url: "/metrics" })).body).toContain('tongzhang_lag_seconds{check="projector"} 95')
    remove()
    expect((await server.inject({ url: "/ready" })).statusCode).toBe(200)
    health.add({ name: "store", check: () => new Promise(() => {}) })
    expect((await server.inject({ url: "/ready" })).json()).toMatchObject({
      ok: false,
      checks: [{ name: "relay" }, { name: "store", detail: "no answer within 50 ms" }],
    })
    expect((await server.inject({ url: "/health" })).json()).toEqual({ ok: true, name: "standalone" })
  })

  it("stops being ready before it stops", async () => {
    health.drain()
    expect((await server.inject({ url: "/ready" })).json()).toMatchObject({
      ok: false,
      checks: [{ name: "process", detail: "stopping" }],
    })
  })
})
