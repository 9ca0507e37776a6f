/** `POST /commands`: one act at once. */
import { createHash } from "node:crypto"
import { LRUCache } from "lru-cache"
import { z } from "zod"
import { command } from "@tongzhang/contracts/commands"
import { describeRefusal } from "@tongzhang/contracts/refusals"
import { StoreUnavailable } from "@tongzhang/event-store/aggregate-store"
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { redactIds } from "@tongzhang/service-kit/redact"
import { refusalProblem, runCommand } from "../commands.js"
import type { IntakeParts } from "../service.js"

const warning = z.object({ code: z.string(), field: z.string().optional(), hint_zh: z.string(), hint_en: z.string() })
const answer = z.object({
  status: z.enum(["accepted", "accepted_with_warning", "unchanged"]),
  receiptNo: z.string().describe("The same command always has the same receipt number"),
  person: z.string().describe("Person key"),
  stream: z.string(),
  revision: z.number().describe("Last revision of the stream"),
  position: z.string().nullable(),
  events: z.array(z.object({ id: z.string(), type: z.string(), revision: z.number() })),
  warnings: z.array(warning),
})

const keyPattern = /^[A-Za-z0-9._:-]{1,100}$/

export const addCommandRoutes = (server: Server, parts: IntakeParts): void => {
  // What makes a retry harmless is the command's own content; the key only guards against using one key for two acts.
  const keysSeen = new LRUCache<string, string>({ max: parts.limits.idempotencyKeys_max })

  const checkKey = (key: string, owner: string, body: unknown): void => {
    if (!keyPattern.test(key) || redactIds(key) !== key) throw refusalProblem({ code: "IDEMPOTENCY_KEY_FORMAT" })
    const content = createHash("sha256").update(JSON.stringify(body)).digest("base64")
    const before = keysSeen.get(`${owner}:${key}`)
    if (before !== undefined && before !== content) throw refusalProblem({ code: "IDEMPOTENCY_KEY_REUSED" })
    keysSeen.set(`${owner}:${key}`, content)
  }

  server.post(
    "/commands",
    {
      bodyLimit: parts.limits.command_bytes_max,
      schema: {
        tags: ["commands"],
        summary: "One act: registration, enrollment, contribution, correction, benefit …",
        description: "For the caller's own province. Sent again, with or without an idempotency-key, it writes nothing new.",
        headers: z.object({ "idempotency-key": z.string().optional() }),
        body: command,
        response: { 200: answer, 201: answer },
      },
    },
    async (request, reply) => {
      const caller = requireCaller(request, "agency")
      const key = request.headers["idempotency-key"]
      if (key !== undefined) checkKey(key, caller.province, request.body)
      const actor = { kind: "agency" as const, id: caller.id.slice(0, 64), province: caller.province }
      try {
        const sent = { command: request.body, province: caller.province, actor, correlationId: key ?? request.id }
        const done = await runCommand(parts, sent)
        const warnings = done.warnings.map((found) => {
          const { field, hint_zh, hint_en } = describeRefusal(found)
          return { code: found.code, hint_zh, hint_en, ...(field === undefined ? {} : { field }) }
        })
        return await reply.code(done.events.length > 0 ? 201 : 200).send({ ...done, events: [...done.events], warnings })
      } catch (error) {
        if (error instanceof StoreUnavailable) throw refusalProblem({ code: "STORE_BUSY" })
        throw error
      }
    },
  )
}
