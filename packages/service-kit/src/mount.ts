/** Mounts one service under its prefix, with its own OpenAPI document that holds its routes and no others. */
import swagger from "@fastify/swagger"
import swaggerUi from "@fastify/swagger-ui"
import type { FastifyInstance } from "fastify"
import { jsonSchemaTransform } from "fastify-type-provider-zod"
import { installGuard } from "./auth.js"
import type { Server } from "./http.js"
import { completeDocument } from "./openapi.js"

export type ServicePlugin = (server: Server) => Promise<void>

export type MountOptions = {
  /** `/intake`: no slash at the end; the same whether the service runs alone or with others. */
  readonly prefix: `/${string}`
  readonly title: string
  readonly version: string
  readonly description: string
  readonly plugin: ServicePlugin
}

/**
 * Registers the service in its own context. Its routes need a valid token unless they say `config: { public: true }`. The
 * OpenAPI 3.1 document is at `{prefix}/openapi.json`, a page to try it at `{prefix}/docs`.
 */
export const mountService = async (server: Server, options: MountOptions): Promise<void> => {
  await server.register(
    async (context) => {
      const scope = context as unknown as FastifyInstance
      await scope.register(swagger, {
        openapi: {
          openapi: "3.1.0",
          info: { title: options.title, version: options.version, description: options.description },
          components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
          security: [{ bearer: [] }],
        },
        transform: (input) => {
          const output = jsonSchemaTransform(input)
          // A public route says so in the document too.
          return input.route.config?.public === true ? { ...output, schema: { ...output.schema, security: [] } } : output
        },
        transformObject: completeDocument,
      })
      scope.get("/openapi.json", { config: { public: true }, schema: { hide: true }, logLevel: "warn" }, async () =>
        scope.swagger(),
      )
      await scope.register(swaggerUi, { routePrefix: "/docs", staticCSP: true, logLevel: "warn" })
      await scope.register(async (inner) => {
        installGuard(inner)
        inner.addHook("onSend", async (_request, reply) => {
          // Records of persons do not belong in anybody's cache.
          if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store")
          void reply.header("x-content-type-options", "nosniff")
        })
        await options.plugin(inner)
      })
    },
    { prefix: options.prefix },
  )
}
