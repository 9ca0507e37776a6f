/** The door of an application: one request by the person, at any end; nobody asks the person again. */
import type { AccessLog } from "@tongzhang/engines/access-log"
import { personKey, province, text, transferId } from "@tongzhang/contracts/primitives"
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { PersonKeys } from "@tongzhang/identity/person-key"
import { requireCaller, requirePersonAccess, requireProvince, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { EventStore } from "@tongzhang/event-store/port"
import { isLeft } from "fp-ts/lib/Either.js"
import { z } from "zod"
import { type Find, noteRead, requireReader } from "./access.js"
import { historyOf } from "./case-index.js"
import type { Commands } from "./commands.js"
import { dateInChina } from "./dates.js"
import { refuse } from "./refusals.js"
import { summaryOf, viewOf } from "./view.js"
import { summarySchema, viewSchema } from "./view-schemas.js"

const application = z.object({
  citizenId: text(24).optional().describe("公民身份号码; 18 or 15 characters"),
  person: personKey.optional().describe("instead of the ID number; a person may leave both out"),
  to: province.describe("转入地"),
  scheme: z.enum(["110", "120"]).default("110"),
  commandId: text(64).optional().describe("sent again with the same id: the same application"),
})

export type ApplicationRouteDependencies = {
  readonly commands: Commands
  readonly find: Find
  readonly store: EventStore
  readonly personKeys: PersonKeys
  readonly logAccess: AccessLog["append"]
  readonly clock: Clock
}

type Named = { readonly citizenId?: string | undefined; readonly person?: PersonKey | undefined }

/** Whom the application is for. A person may name nobody but themself. */
const personOf = (request: WithCaller, named: Named, keys: PersonKeys): PersonKey => {
  const caller = requireCaller(request)
  if (named.citizenId !== undefined) {
    const id = normaliseCitizenId(named.citizenId)
    if (isLeft(id)) throw refuse(id.left)
    return keys.of(id.right)
  }
  if (named.person !== undefined) return named.person
  if (caller.kind === "person") return caller.person
  throw refuse({ code: "PERSON_OR_ID_MISSING" })
}

export const addApplicationRoutes = (server: Server, deps: ApplicationRouteDependencies): void => {
  const { commands, find, store, personKeys, clock } = deps
  server.post(
    "/applications",
    {
      schema: {
        summary: "Apply for a transfer (N 到 1)",
        description: "By the person, the agency of the receiving province or the center. One open application per person.",
        body: application,
        response: { 200: summarySchema, 201: summarySchema },
      },
    },
    async (request, reply) => {
      const { to, scheme, commandId } = request.body
      const caller = requireCaller(request, "person", "agency", "center")
      if (caller.kind === "agency") requireProvince(request, to)
      const person = personOf(request, request.body, personKeys)
      requirePersonAccess(request, person)
      const asked = { person, scheme, to, commandId: commandId ?? `request ${request.id}` }
      const { found, fresh } = await commands.apply(asked, caller)
      void reply.header("location", `/transfer/${found.id}`)
      return reply.code(fresh ? 201 : 200).send(summaryOf(found, dateInChina(clock.now())))
    },
  )
  server.get(
    "/:id",
    {
      schema: {
        summary: "One application: the bar, every leg, the history",
        params: z.object({ id: transferId }),
        response: { 200: viewSchema },
      },
    },
    async (request) => {
      const found = await find(request.params.id)
      requireReader(request, found)
      if (found === undefined) throw refuse({ code: "TRANSFER_NOT_REQUESTED" })
      await noteRead(deps, request, found, "transfer")
      return viewOf(found, await historyOf(store, found.id), dateInChina(clock.now()))
    },
  )
}
