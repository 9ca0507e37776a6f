/** Persons the projector has set aside, and the way back: they are folded again from their facts. */
import type { PersonKey } from "@tongzhang/domain/ids"
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import type { Projector } from "./projector.js"

const stuck = z.object({
  person: z.string(),
  stream: z.string(),
  revision: z.int(),
  cause: z.string(),
  since: z.number().describe("ms since 1970"),
  attempts: z.int(),
})

/** `GET /quarantine`, `POST /quarantine/retry`. */
export const addQuarantineRoutes = (server: Server, projector: Projector): void => {
  const listed = (): z.infer<typeof stuck>[] =>
    projector
      .status()
      .quarantined.map(({ person_key, ...row }) => ({ person: person_key, ...row }))
      .toSorted((a, b) => a.since - b.since)
  server.get(
    "/quarantine",
    {
      schema: {
        tags: ["integrity"],
        summary: "Persons set aside because a fact could not be folded, longest first",
        response: { 200: z.object({ quarantined: z.array(stuck) }) },
      },
    },
    async (request) => {
      requireCaller(request, "center", "auditor")
      return { quarantined: listed() }
    },
  )
  server.post(
    "/quarantine/retry",
    {
      schema: {
        tags: ["integrity"],
        summary: "Fold the persons set aside again, once the cause is mended",
        body: z.object({ person: z.string().max(80).optional().describe("one person; absent: all") }).default({}),
        response: { 200: z.object({ folded: z.int(), still: z.array(stuck) }) },
      },
    },
    async (request) => {
      requireCaller(request, "center")
      const { person } = request.body
      const before = listed().filter((one) => person === undefined || one.person === person)
      let folded = 0
      for (const one of before) if (await projector.release(one.person as PersonKey)) folded++
      return { folded, still: listed().filter((one) => person === undefined || one.person === person) }
    },
  )
}
