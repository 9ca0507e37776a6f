/** A witness's door (c2sp.org/tlog-witness): public, since a checkpoint carries its own signature. */
import { formatVkey } from "@tongzhang/proof/note"
import type { Witness } from "@tongzhang/proof/witness"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"

const body_bytes_max = 64 * 1024

/** @param origins logs it watches, for its page of information */
export const addWitnessRoutes = (server: Server, witness: Witness, origins: readonly string[]): void => {
  const log = z.object({ origin: z.string(), size: z.int().nullable(), evidence: z.array(z.string()).readonly() })
  server.get(
    "/witness",
    {
      config: { public: true },
      schema: {
        tags: ["proof"],
        summary: "Which logs this witness watches, what it last signed, and what spoke against them",
        response: { 200: z.object({ vkey: z.string(), logs: z.array(log) }) },
      },
    },
    async () => ({
      vkey: formatVkey(witness.key),
      logs: await Promise.all(
        origins.map(async (origin) => ({
          origin,
          size: (await witness.lastOf(origin))?.size ?? null,
          evidence: await witness.evidenceOf(origin),
        })),
      ),
    }),
  )
  void server.register(async (scope) => {
    // Whatever type a client names, the body is text.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: body_bytes_max }, (_request, body, done) => done(null, body))
    scope.post(
      "/witness/add-checkpoint",
      { config: { public: true }, schema: { tags: ["proof"], summary: "Ask for a cosignature (c2sp.org/tlog-witness)" } },
      async (request, reply) => {
        const answer = await witness.addCheckpoint(typeof request.body === "string" ? request.body : "")
        if (answer.kind === "cosigned") return reply.type("text/plain; charset=utf-8").send(answer.line)
        const wantsSize = answer.rule === "OLD_SIZE_DIFFERS"
        request.log[wantsSize ? "info" : "warn"]({ rule: answer.rule, what: answer.what }, "not cosigned")
        const [type, text] = wantsSize
          ? ["text/x.tlog.size", `${answer.size}\n`]
          : ["text/plain; charset=utf-8", `${answer.rule}: ${answer.what}\n`]
        return reply.code(answer.status).type(type).send(text)
      },
    )
  })
}
