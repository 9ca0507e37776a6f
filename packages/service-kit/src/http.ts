/** The HTTP server every service stands on; one process may hold one service or all of them. */
import { randomUUID } from "node:crypto"
import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http"
import { fastify, type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify"
import { serializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod"
import type { z } from "zod"
import type { Logger } from "pino"
import { installCaller } from "./auth.js"
import { installProblemHandlers } from "./error-handler.js"
import { createHealth, type Health, installHealth } from "./health.js"
import type { Metrics } from "./metrics.js"
import { redactIds } from "./redact.js"
import { type RequestPart, schemaProblem } from "./schema-problem.js"
import type { Verifier } from "./token.js"

/** A fastify whose schemas are zod. */
export type Server = FastifyInstance<HttpServer, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

export type ServerOptions = {
  readonly name: string
  readonly logger: Logger
  readonly verifier: Verifier
  readonly metrics: Metrics
  /** Shared with the parts that add their checks; made when absent. */
  readonly health?: Health
  /** Largest request body; a route may set its own. */
  readonly bodyLimit_bytes: number
  readonly newRequestId?: () => string
}

/** A caller's own request id is kept if it is harmless; an ID number in that place is not. */
const requestId = (header: string | string[] | undefined, fresh: () => string): string =>
  typeof header === "string" && /^[\w-]{8,64}$/u.test(header) && redactIds(header) === header ? header : fresh()

const routeOf = (url: string | undefined): string => url ?? "unmatched"

const installObservation = (server: FastifyInstance, metrics: Metrics): void => {
  server.addHook("onRequest", async (request, reply) => {
    void reply.header("x-request-id", request.id)
  })
  server.addHook("onResponse", async (request, reply) => {
    const route = routeOf(request.routeOptions.url)
    const status = reply.statusCode
    metrics.httpDone({ method: request.method, route, status }, reply.elapsedTime / 1000)
    const line = {
      method: request.method,
      route,
      status,
      duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      caller: request.caller?.kind,
    }
    if (status >= 500) request.log.error(line, "answered")
    else request.log.info(line, "answered")
  })
}

/**
 * Makes the server: zod in and out, problems for every error, request ids (`x-request-id`), callers, `/health`, `/ready`,
 * `/metrics`. It does not listen yet. Mount services with `mountService`.
 */
export const createServer = (options: ServerOptions): Server => {
  const fresh = options.newRequestId ?? randomUUID
  const logger: FastifyBaseLogger = options.logger
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request" }),
    bodyLimit: options.bodyLimit_bytes,
    genReqId: (request) => requestId(request.headers["x-request-id"], fresh),
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true },
  }).withTypeProvider<ZodTypeProvider>()
  server.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (data: unknown) => {
    const result = schema.safeParse(data)
    return result.success ? { value: result.data } : { error: schemaProblem(schema, data, (httpPart ?? "body") as RequestPart) }
  })
  server.setSerializerCompiler(serializerCompiler)
  const plain = server as unknown as FastifyInstance
  installProblemHandlers(plain)
  installObservation(plain, options.metrics)
  installCaller(plain, options.verifier)
  installHealth(plain, options.health ?? createHealth(), options.metrics, options.name)
  return server
}
