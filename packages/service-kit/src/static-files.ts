/** Serves a folder of built pages under a prefix: the web console. Strict about what a page may load; nothing here is personal. */
import { randomBytes } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import files from "@fastify/static"
import type { FastifyInstance, FastifyReply } from "fastify"
import type { Server } from "./http.js"

/** Stands in the page where the nonce of one answer goes. */
export const noncePlaceholder = "__CSP_NONCE__"

/**
 * Own origin only. Style elements need the answer's nonce (the component library writes its own); style attributes are allowed,
 * scripts never run from the page's text. `blob:` is what a download made in the page is opened from.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ")

export type FilesOptions = {
  /** `/console`: no slash at the end. */
  readonly prefix: `/${string}`
  /** Holds `index.html` and `assets/`; files may lie beside their `.br` and `.gz`. */
  readonly folder: string
}

/** Whether the folder holds built pages. */
export const hasPages = (folder: string): boolean => existsSync(join(folder, "index.html"))

/**
 * Mounts the pages. `assets/` are named by their content and cached for ever; every other address of the prefix answers the page
 * itself, so that a link into it can be kept. Throws ENOENT when the folder holds no `index.html`: ask `hasPages` first.
 */
export const mountFiles = async (server: Server, { prefix, folder }: FilesOptions): Promise<void> => {
  const page = readFileSync(join(folder, "index.html"), "utf8")
  await server.register(
    async (context) => {
      const scope = context as unknown as FastifyInstance
      await scope.register(files, {
        root: join(folder, "assets"),
        prefix: "/assets/",
        decorateReply: false,
        preCompressed: true,
        immutable: true,
        maxAge: "365d",
        index: false,
        setHeaders: (reply) => void reply.setHeader("x-content-type-options", "nosniff"),
      })
      const answer = async (_request: unknown, reply: FastifyReply): Promise<unknown> => {
        const nonce = randomBytes(16).toString("base64")
        return reply
          .type("text/html; charset=utf-8")
          .headers({
            "cache-control": "no-cache",
            "content-security-policy": contentSecurityPolicy(nonce),
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
          })
          .send(page.replaceAll(noncePlaceholder, nonce))
      }
      for (const path of ["/", "/*"]) scope.get(path, { schema: { hide: true }, logLevel: "warn" }, answer)
    },
    { prefix },
  )
}
