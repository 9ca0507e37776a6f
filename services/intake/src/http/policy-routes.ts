/** `POST /policies`, `POST /policies/withdrawals`, `GET /policies`: the center puts parameters in force; everybody may read them. */
import { policyEvents } from "@tongzhang/contracts/event-schemas"
import { province } from "@tongzhang/contracts/primitives"
import { StoreUnavailable } from "@tongzhang/event-store/aggregate-store"
import { parameterFamilies } from "@tongzhang/law/parameters/parameter"
import { named } from "@tongzhang/law/parameters/row"
import { requireCaller, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { refusalProblem } from "../commands.js"
import type { Publication } from "../policies/policies.js"
import type { IntakeParts } from "../service.js"

const place = province.nullable().describe("Two-digit code; null for the whole nation")
const family = z.enum(parameterFamilies)

export const parameterSchema = policyEvents.ParameterPublished.omit({ type: true, id: true }).extend({
  id: z.string().min(1).max(160).optional().describe("family/CN-or-province[/region][/key]/start; made when left out"),
  family,
  province: place,
  region: policyEvents.ParameterPublished.shape.region.default(null),
  key: policyEvents.ParameterPublished.shape.key.default(null),
  document: policyEvents.ParameterPublished.shape.document.default(null),
})

const listed = parameterSchema.extend({
  event: z.object({ id: z.string(), stream: z.string(), revision: z.number(), recordedAt: z.number() }).nullable(),
})

const byCenter = (request: WithCaller & { readonly id: string }): Publication => {
  const { kind, id } = requireCaller(request, "center")
  return { actor: { kind, id: id.slice(0, 64) }, channel: "api", correlationId: request.id }
}

const orBusy = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof StoreUnavailable) throw refusalProblem({ code: "STORE_BUSY" })
    throw error
  }
}

export const addPolicyRoutes = (server: Server, { policies, limits }: IntakeParts): void => {
  server.post(
    "/policies",
    {
      bodyLimit: limits.policies_bytes_max,
      schema: {
        tags: ["policies"],
        summary: "Publish parameters: contribution limits, wages, rates … each dated and sourced",
        description:
          "For the center. All or none are taken; published again they add nothing. Amounts in fen, rates as exact text.",
        body: z.object({ parameters: z.array(parameterSchema).min(1).max(limits.policiesPerRequest_max) }),
        response: { 200: z.object({ published: z.number(), unchanged: z.number(), streams: z.array(z.string()) }) },
      },
    },
    async (request) => {
      const by = byCenter(request)
      const done = await orBusy(policies.publish(request.body.parameters.map(named), by))
      return { ...done, streams: [...done.streams] }
    },
  )
  server.post(
    "/policies/withdrawals",
    {
      schema: {
        tags: ["policies"],
        summary: "Withdraw a parameter that was wrong from the beginning",
        body: z.object({ province: place, id: z.string().min(1).max(160), reason: z.string().min(1).max(200) }),
        response: { 200: z.object({ withdrawn: z.boolean().describe("False: it was withdrawn before") }) },
      },
    },
    async (request) => {
      const by = byCenter(request)
      const { province, id, reason } = request.body
      return { withdrawn: await orBusy(policies.withdraw(province, id, reason, by)) }
    },
  )
  server.get(
    "/policies",
    {
      schema: {
        tags: ["policies"],
        summary: "Parameters published in this ledger, each with the event that published it",
        querystring: z.object({
          family: family.optional(),
          province: z.string().max(2).optional().describe("Two-digit code, or CN"),
        }),
        response: { 200: z.object({ total: z.number(), parameters: z.array(listed) }) },
      },
    },
    async (request) => {
      requireCaller(request)
      const { family, province: asked } = request.query
      const known = await policies.known()
      const parameters = known.all
        .filter((one) => family === undefined || one.family === family)
        .filter((one) => asked === undefined || (one.province ?? "CN") === asked)
        .map((one) => {
          const fact = known.factOf(one.id)
          const event =
            fact === null ? null : { id: fact.eventId, stream: fact.stream, revision: fact.revision, recordedAt: fact.recordedAt }
          return { ...one, event }
        })
      return { total: parameters.length, parameters }
    },
  )
}
