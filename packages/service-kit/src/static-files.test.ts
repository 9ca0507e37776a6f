import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createServer, type Server } from "./http.js"
import { createLogger } from "./logger.js"
import { createMetrics } from "./metrics.js"
import { hasPages, mountFiles } from "./static-files.js"
import { createVerifier } from "./token.js"

describe("pages under a prefix", () => {
  const folder = mkdtempSync(join(tmpdir(), "pages-"))
  let server: Server
  beforeAll(async () => {
    mkdirSync(join(folder, "assets"))
    writeFileSync(join(folder, "index.html"), '<meta name="csp-nonce" content="__CSP_NONCE__">')
    writeFileSync(join(folder, "assets/app-1.js"), "export {}")
    writeFileSync(join(folder, "assets/app-1.js.gz"), gzipSync("export {}"))
    writeFileSync(join(folder, "secret.txt"), "not a page")
    const logger = createLogger({ service: "pages", level: "silent" })
    const verifier = createVerifier({ alg: "HS256", secret: "a shared secret of thirty-two bytes or more" }, { now: () => 0 })
    server = createServer({ name: "pages", logger, verifier, metrics: createMetrics(), bodyLimit_bytes: 1_000 })
    await mountFiles(server, { prefix: "/console", folder })
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  it("every address of the prefix is the page, each answer with a nonce of its own", async () => {
    const paths = ["/console", "/console/", "/console/persons/abc?validAt=2020-01"]
    const answers = await Promise.all(paths.map((path) => server.inject(path)))
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200])
    const nonces = answers.map((answer) => /content="([^"]+)"/.exec(answer.body)?.[1] ?? "")
    expect(new Set(nonces).size).toBe(3)
    answers.forEach((answer, i) => {
      expect(answer.headers["content-security-policy"]).toContain(`'nonce-${nonces[i]}'`)
      expect(answer.headers["content-security-policy"]).toContain("script-src 'self';")
    })
  })
  it("assets come compressed and may be kept for ever; nothing outside them is served", async () => {
    const answer = await server.inject({ url: "/console/assets/app-1.js", headers: { "accept-encoding": "gzip" } })
    expect(answer.headers).toMatchObject({ "content-encoding": "gzip", "x-content-type-options": "nosniff" })
    expect(answer.headers["cache-control"]).toContain("immutable")
    for (const path of ["/console/assets/none.js", "/console/assets/..%2fsecret.txt"])
      expect((await server.inject(path)).body).not.toContain("not a page")
    expect((await server.inject("/console/assets/none.js")).statusCode).toBe(404)
  })
  it("a folder without a page is none", () => {
    expect([hasPages(folder), hasPages(join(folder, "assets"))]).toEqual([true, false])
  })
})
