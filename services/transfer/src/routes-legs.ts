/** What the agencies of the two ends do with a leg. Information and money come apart; the person is never asked. */
import type { AccessLog } from "@tongzhang/engines/access-log"
import { fenPositive, moved, province, text, transferId } from "@tongzhang/contracts/primitives"
import type { Server } from "@tongzhang/service-kit/http"
import type { Clock } from "@tongzhang/service-kit/clock"
import { z } from "zod"
import { type Find, noteRead, requireRole } from "./access.js"
import type { TransferCase } from "./case.js"
import type { Commands } from "./commands.js"
import { dateInChina } from "./dates.js"
import { viewOf } from "./view.js"
import { draftSchema, type View, viewSchema } from "./view-schemas.js"

const params = z.object({ id: transferId, province })
const viewOnly = viewSchema.omit({ history: true, explainedBy: true })

const statement = moved
  .partial()
  .describe("What the agency states. Left out: the ledger's own draft. A difference is refused with both numbers.")
const money = z.object({ remittance: text(64).describe("汇款单号"), account_fen: fenPositive, pooled_fen: fenPositive })
const reasoned = z.object({ reason: text(200) })
const noted = z.object({ note: text(200) })

export const addLegRoutes = (
  server: Server,
  deps: { readonly commands: Commands; readonly find: Find; readonly clock: Clock; readonly logAccess: AccessLog["append"] },
): void => {
  const { commands, find, clock } = deps
  const answer = (found: TransferCase): Omit<View, "history" | "explainedBy"> => viewOf(found, [], dateInChina(clock.now()))
  const response = { 200: viewOnly }
  const path = (action: string): string => `/:id/legs/:province/${action}`

  server.get(
    path("draft"),
    { schema: { summary: "Draft of the statement 信息表 from the origin's ledger", params, response: { 200: draftSchema } } },
    async (request) => {
      const { id, province } = request.params
      const found = await find(id)
      requireRole(request, found, province, "origin", "center")
      await noteRead(deps, request, found, "statement draft of transfer")
      const draft = await commands.draft(id, province)
      return {
        ...draft,
        moved: { ...draft.moved, months: [...draft.moved.months] },
        years: [...draft.years],
        controlSums: [...draft.controlSums],
      }
    },
  )
  server.post(
    path("statement"),
    { schema: { summary: "Origin: send the statement and end the relation", params, body: statement.nullish(), response } },
    async (request) => {
      const { id, province } = request.params
      const caller = requireRole(request, await find(id), province, "origin")
      const { months, account_fen, pooled_fen, bases_fen } = request.body ?? {}
      const stated = {
        ...(months === undefined ? {} : { months }),
        ...(account_fen === undefined ? {} : { account_fen }),
        ...(pooled_fen === undefined ? {} : { pooled_fen }),
        ...(bases_fen === undefined ? {} : { bases_fen }),
      }
      return answer(await commands.state(id, province, stated, caller))
    },
  )
  server.post(
    path("accept"),
    {
      schema: {
        summary: "Origin: send a clean statement as the letter expected it; refused with its reasons when it is not clean",
        params,
        response,
      },
    },
    async (request) => {
      const { id, province } = request.params
      const caller = requireRole(request, await find(id), province, "origin")
      return answer(await commands.accept(id, province, caller))
    },
  )
  server.post(
    path("money"),
    { schema: { summary: "Receiver: record money that arrived", params, body: money, response } },
    async (request) => {
      const { id, province } = request.params
      const caller = requireRole(request, await find(id), province, "receiver")
      return answer(await commands.money(id, province, request.body, caller))
    },
  )
  server.post(path("dispute"), { schema: { summary: "Dispute the leg", params, body: reasoned, response } }, async (request) => {
    const { id, province } = request.params
    const caller = requireRole(request, await find(id), province, "origin", "receiver")
    return answer(await commands.dispute(id, province, request.body.reason, caller, request.id))
  })
  server.post(path("settle"), { schema: { summary: "Settle the dispute", params, body: noted, response } }, async (request) => {
    const { id, province } = request.params
    const caller = requireRole(request, await find(id), province, "origin", "receiver", "center")
    return answer(await commands.settle(id, province, request.body.note, caller, request.id))
  })
  server.post(
    path("fail"),
    { schema: { summary: "Origin: the leg cannot be transferred; it ends alone", params, body: reasoned, response } },
    async (request) => {
      const { id, province } = request.params
      const caller = requireRole(request, await find(id), province, "origin", "center")
      return answer(await commands.fail(id, province, request.body.reason, caller))
    },
  )
}
