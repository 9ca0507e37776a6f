/** The projector's HTTP door as the center uses it. */
import { createHealth } from "@tongzhang/service-kit/health"
import { createServer } from "@tongzhang/service-kit/http"
import { createLogger } from "@tongzhang/service-kit/logger"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import type { Projector } from "../projector.js"
import { addQuarantineRoutes } from "../quarantine-routes.js"

const secret = "a shared secret of thirty-two bytes or more"

export type Ask = (method: "GET" | "POST", path: string, body?: object) => Promise<unknown>

export const doorOf = async (projector: Projector): Promise<Ask> => {
  const now = Date.now()
  const server = createServer({
    name: "projector",
    logger: createLogger({ service: "projector", level: "silent" }),
    verifier: createVerifier({ alg: "HS256", secret }, { now: () => now }),
    metrics: createMetrics({ process: false }),
    health: createHealth(),
    bodyLimit_bytes: 1_000,
  })
  await mountService(server, {
    prefix: "/projector",
    title: "projector",
    version: "1",
    description: "projector",
    plugin: async (scope) => addQuarantineRoutes(scope, projector),
  })
  const authorization = `Bearer ${await issueToken(secret, { kind: "center", id: "c" }, { ttl_seconds: 60, now })}`
  return async (method, path, body = {}) => {
    const payload = method === "POST" ? { payload: body } : {}
    return (await server.inject({ method, url: `/projector${path}`, headers: { authorization }, ...payload })).json()
  }
}
