import { request } from "node:http"
import type { AddressInfo } from "node:net"
import { once } from "node:events"
import { describe, expect, it } from "vitest"
import { systemClock } from "./clock.js"
import { createServer, type Server } from "./http.js"
import { addJobRoutes } from "./job-routes.js"
import { createJobs } from "./jobs.js"
import { createLogger } from "./logger.js"
import { createMetrics } from "./metrics.js"
import { mountService } from "./mount.js"
import { createVerifier, issueToken } from "./token.js"

describe("over a real socket", () => {
  it("a stream of progress that nobody ends does not keep the server from stopping", async () => {
    const secret = "a shared secret of thirty-two bytes or more"
    const jobs = createJobs({ clock: systemClock })
    const server = createServer({
      name: "intake",
      logger: createLogger({ service: "intake", level: "silent" }),
      verifier: createVerifier({ alg: "HS256", secret }, { now: systemClock.now }),
      metrics: createMetrics({ process: false }),
      bodyLimit_bytes: 1_000,
    })
    const plugin = async (scope: Server) => addJobRoutes(scope, jobs, systemClock)
    await mountService(server, { prefix: "/intake", title: "Intake", version: "1.0.0", description: "", plugin })
    await server.listen({ host: "127.0.0.1", port: 0 })
    const { port } = server.server.address() as AddressInfo
    const authorization = `Bearer ${await issueToken(secret, { kind: "center", id: "c" }, { ttl_seconds: 60, now: systemClock.now() })}`
    const { id } = jobs.start(
      "long",
      null,
      ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true })),
    )

    const call = request({ host: "127.0.0.1", port, path: `/intake/jobs/${id}/events`, headers: { authorization } }).end()
    const [response] = (await once(call, "response")) as [NodeJS.ReadableStream]
    const [chunk] = (await once(response, "data")) as [Buffer]
    expect(chunk.toString()).toContain('"state":"running"')
    const ended = once(response, "end")
    await server.close()
    await ended
    await jobs.close()
    expect(jobs.get(id)?.state).toBe("cancelled")
  })
})
