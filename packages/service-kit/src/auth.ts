/** What a handler asks about its caller. Each function returns what it checked, or throws a 4xx problem. */
import type { IncomingHttpHeaders } from "node:http"
import { isLeft } from "fp-ts/lib/Either.js"
import type { FastifyInstance } from "fastify"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import { type Caller, type CallerKind, isPurpose, type Purpose, purposes, purposesOf } from "./caller.js"
import { type Problem, problem } from "./problem.js"
import type { Verifier } from "./token.js"

declare module "fastify" {
  interface FastifyRequest {
    /** Null when no valid token came along. */
    caller: Caller | null
    /** Why `caller` is null. */
    callerProblem: Problem | null
  }
  interface FastifyContextConfig {
    /** Answers without a token. Everything else needs one. */
    public?: boolean
  }
}

/** The part of a request these checks read; any fastify request fits, whatever its schema types. */
export type WithCaller = {
  readonly caller: Caller | null
  readonly callerProblem: Problem | null
  readonly headers: IncomingHttpHeaders
}

type Of<K extends CallerKind> = Extract<Caller, { readonly kind: K }>

const missing = (): Problem =>
  problem({
    status: 401,
    rule: "AUTH_MISSING",
    hint_zh: "请在 Authorization 请求头中携带 Bearer 令牌",
    hint_en: "Send a bearer token in the Authorization header",
  })

const forbiddenKind = (caller: Caller, wanted: readonly CallerKind[]): Problem =>
  problem({
    status: 403,
    rule: "FORBIDDEN_KIND",
    detail: `caller kind ${caller.kind}`,
    hint_zh: `该操作只允许以下身份：${wanted.join("、")}`,
    hint_en: `Only these kinds of caller may do this: ${wanted.join(", ")}`,
  })

/** The caller, if of one of `kinds` (any kind when none is named). Throws AUTH_MISSING / AUTH_INVALID / AUTH_EXPIRED (401), FORBIDDEN_KIND (403). */
export const requireCaller = <K extends CallerKind = CallerKind>(request: WithCaller, ...kinds: readonly K[]): Of<K> => {
  const { caller } = request
  if (caller === null) throw request.callerProblem ?? missing()
  if (kinds.length > 0 && !(kinds as readonly CallerKind[]).includes(caller.kind)) throw forbiddenKind(caller, kinds)
  return caller as Of<K>
}

/**
 * The caller, if it may write for `province`: the agency of that province, and any other kind only where `allow` names it.
 * Throws FORBIDDEN_PROVINCE (403) for another province's agency.
 */
export const requireProvince = <K extends CallerKind = never>(
  request: WithCaller,
  province: string,
  options: { readonly allow?: readonly K[] } = {},
): Of<"agency" | K> => {
  const kinds: readonly CallerKind[] = ["agency", ...(options.allow ?? [])]
  const caller = requireCaller(request, ...kinds)
  if (caller.kind === "agency" && caller.province !== (province as ProvinceCode))
    throw problem({
      status: 403,
      rule: "FORBIDDEN_PROVINCE",
      detail: `agency of ${caller.province}, asked for ${province}`,
      hint_zh: `本机构只能写入本省（${caller.province}）数据，请由 ${province} 的经办机构办理`,
      hint_en: `An agency writes only for its own province (${caller.province}): let the agency of ${province} do it`,
    })
  return caller as Of<"agency" | K>
}

/** A person reads nobody's record but their own; other kinds pass. Throws FORBIDDEN_PERSON (403). */
export const requirePersonAccess = (request: WithCaller, person: PersonKey): Caller => {
  const caller = requireCaller(request)
  if (caller.kind === "person" && caller.person !== person)
    throw problem({
      status: 403,
      rule: "FORBIDDEN_PERSON",
      hint_zh: "只能查询本人的记录",
      hint_en: "You may read your own record only",
    })
  return caller
}

/**
 * The declared purpose (header `x-purpose`). Throws PURPOSE_MISSING or PURPOSE_UNKNOWN (400), or FORBIDDEN_PURPOSE (403) when the
 * caller's kind or the route (`allowed`) does not go with it.
 */
export const requirePurpose = (request: WithCaller, ...allowed: readonly Purpose[]): Purpose => {
  const caller = requireCaller(request)
  const header = request.headers["x-purpose"]
  const may = purposesOf[caller.kind].filter((purpose) => allowed.length === 0 || allowed.includes(purpose))
  const way = {
    hint_zh: `请在 x-purpose 请求头中注明查询目的：${may.join("、")}`,
    hint_en: `Name why you read in the x-purpose header, one of: ${may.join(", ")}`,
  }
  if (typeof header !== "string" || header === "")
    throw problem({ status: 400, rule: "PURPOSE_MISSING", field: "x-purpose", article: "个人信息保护法 Art. 6", ...way })
  if (!isPurpose(header))
    throw problem({ status: 400, rule: "PURPOSE_UNKNOWN", field: "x-purpose", detail: `known: ${purposes.join(", ")}`, ...way })
  if (!may.includes(header))
    throw problem({ status: 403, rule: "FORBIDDEN_PURPOSE", field: "x-purpose", article: "个人信息保护法 Art. 6", ...way })
  return header
}

/** Fills `request.caller` on every request of the server. A bad token does not refuse here: public routes stay public. */
export const installCaller = (server: FastifyInstance, verifier: Verifier): void => {
  server.decorateRequest("caller", null)
  server.decorateRequest("callerProblem", null)
  server.addHook("onRequest", async (request) => {
    const header = request.headers.authorization
    if (header === undefined || header === "") return
    const token = /^Bearer ([\w.~+/=-]+)$/iu.exec(header)?.[1]
    if (token === undefined) {
      request.callerProblem = problem({
        status: 401,
        rule: "AUTH_INVALID",
        hint_zh: missing().problem.hint_zh,
        hint_en: missing().problem.hint_en,
      })
      return
    }
    const outcome = await verifier(token)
    if (isLeft(outcome)) request.callerProblem = outcome.left
    else request.caller = outcome.right
  })
}

/** Inside a service no route answers a stranger unless it says `config: { public: true }`. */
export const installGuard = (scope: FastifyInstance): void => {
  scope.addHook("onRequest", async (request) => {
    if (request.routeOptions.config.public !== true) requireCaller(request)
  })
}
