/** `GET /bundle/…`: the audit bundle of a person, a case or a province's month. Every person in it is noted as read. */
import { province } from "@tongzhang/contracts/primitives"
import { personKey } from "@tongzhang/contracts/primitives"
import { verifier } from "@tongzhang/proof/assets"
import type { BundleScope } from "@tongzhang/proof/bundle/format"
import { requireCaller, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import type { FastifyReply } from "fastify"
import { z } from "zod"
import type { RouteDeps } from "../routes.js"
import { bundle, type BundleDeps, type MadeBundle } from "./bundle.js"

type Deps = BundleDeps & Pick<RouteDeps, "logAccess">

const refused = ({ rule, what }: Extract<MadeBundle, { ok: false }>) => {
  if (rule === "NOTHING_THERE")
    return problem({
      status: 404,
      rule,
      detail: what,
      hint_zh: "没有可打包的事件，请核对范围",
      hint_en: "No events there: check what you asked for",
    })
  if (rule === "PROOF_NOT_READY")
    return problem({
      status: 503,
      rule,
      hint_zh: "证明日志尚未建立，请稍后再试",
      hint_en: "The proof log is not open yet: ask again in a moment",
    })
  const hints = {
    hint_zh: "事件尚未写入证明日志或与已公布内容不符；稍后再试，仍如此请运行 fsck",
    hint_en: "An event is not in the published log, or not as published: ask again in a moment; if this lasts, run fsck",
  }
  return problem({ status: 409, rule, detail: what, ...hints })
}

export const addBundleRoutes = (server: Server, deps: Deps): void => {
  const answer = async (request: WithCaller, reply: FastifyReply, scope: BundleScope): Promise<FastifyReply> => {
    const caller = requireCaller(request, "auditor")
    const purpose = requirePurpose(request, "audit")
    const what = `bundle: ${scope.kind}`
    const made = await bundle(deps, scope, async (persons) => {
      for (const person of persons) await deps.logAccess({ person, caller, purpose, what, at: deps.clock.now() })
    })
    if (!made.ok) throw refused(made)
    return reply
      .type("application/zip")
      .header("content-disposition", `attachment; filename="bundle-${scope.of.replaceAll(/[^\w.-]/gu, "_")}.zip"`)
      .send(Buffer.from(made.bytes))
  }
  const tags = ["bundle"]
  server.get(
    "/bundle/persons/:key",
    { schema: { tags, summary: "Audit bundle of a person", params: z.object({ key: personKey }) } },
    (request, reply) => answer(request, reply, { kind: "person", of: request.params.key }),
  )
  server.get(
    "/bundle/cases/:stream",
    {
      schema: {
        tags,
        summary: "Audit bundle of a case, by its stream: Transfer-…, Overlap-…, Benefit-…",
        params: z.object({ stream: z.string().regex(/^(Transfer|Overlap|Benefit)-[\w.:]{1,160}$/u) }),
      },
    },
    (request, reply) => answer(request, reply, { kind: "case", of: request.params.stream }),
  )
  server.get(
    "/bundle/provinces/:province/:month",
    {
      schema: {
        tags,
        summary: "Audit bundle of what a province recorded in a month (China's time)",
        params: z.object({ province, month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/u) }),
      },
    },
    (request, reply) =>
      answer(request, reply, { kind: "province-month", of: `${request.params.province} ${request.params.month}` }),
  )
  server.get(
    "/bundle/verify.mjs",
    { config: { public: true }, schema: { tags, summary: "The program that checks a bundle: Node alone" } },
    (_request, reply) => reply.type("text/javascript; charset=utf-8").send(Buffer.from(verifier())),
  )
}
