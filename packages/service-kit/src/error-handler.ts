/** Turns everything that can go wrong in a request into a problem; what nobody foresaw tells no internals. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { engineIsAway } from "./engine-away.js"
import { isProblem, type Problem, problem, problemMediaType } from "./problem.js"

type Known = { readonly rule: string; readonly status: number; readonly hint_zh: string; readonly hint_en: string }

/** Fastify's own refusals, by its error code. */
const known: Readonly<Record<string, Known>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    rule: "BODY_TOO_LARGE",
    status: 413,
    hint_zh: "请求体过大，请拆分后分批上传",
    hint_en: "The body is too large: split it and send it in parts",
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    rule: "MEDIA_TYPE",
    status: 415,
    hint_zh: "不支持的媒体类型，请检查 content-type",
    hint_en: "Unsupported media type: check the content-type header",
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    rule: "JSON",
    status: 400,
    hint_zh: "声明为 JSON 的请求体为空",
    hint_en: "The body is empty although it is declared as JSON",
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    rule: "JSON",
    status: 400,
    hint_zh: "请求体不是合法的 JSON",
    hint_en: "The body is not valid JSON",
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    rule: "BODY_LENGTH",
    status: 400,
    hint_zh: "请求体长度与 content-length 不符，请重新发送",
    hint_en: "The body's length differs from content-length: send it again",
  },
}

const unexpected = (): Problem =>
  problem({
    status: 500,
    rule: "INTERNAL",
    hint_zh: "系统内部错误，请凭请求编号联系运维",
    hint_en: "Internal error: tell operations the request id",
  })

const away = (): Problem =>
  problem({
    status: 503,
    rule: "ENGINE_AWAY",
    hint_zh: "账本所依赖的存储暂时没有响应，请稍后原样重试",
    hint_en: "A store that the ledger needs does not answer just now: send the same again in a moment",
    retry_after_seconds: 2,
  })

const malformed = (status: number): Problem =>
  problem({
    status,
    rule: "REQUEST",
    hint_zh: "请求格式不正确，请对照接口文档检查",
    hint_en: "The request is malformed: compare it with the API description",
  })

/** Every error has a problem; only 5xx ones are surprises. */
export const problemOf = (error: unknown): Problem => {
  if (isProblem(error)) return error
  if (engineIsAway(error)) return away()
  const { code, statusCode } = error as { readonly code?: string; readonly statusCode?: number }
  const match = code === undefined ? undefined : known[code]
  if (match !== undefined) return problem(match)
  if (error instanceof SyntaxError && statusCode === 400) return problem({ ...(known["FST_ERR_CTP_INVALID_JSON_BODY"] as Known) })
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? malformed(statusCode) : unexpected()
}

const answer = (request: FastifyRequest, reply: FastifyReply, refusal: Problem): FastifyReply => {
  const { status, retry_after_seconds } = refusal.problem
  if (status === 401) void reply.header("www-authenticate", "Bearer")
  if (retry_after_seconds !== undefined) void reply.header("retry-after", retry_after_seconds)
  return reply
    .code(status)
    .header("content-type", `${problemMediaType}; charset=utf-8`)
    .header("cache-control", "no-store")
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({ ...refusal.problem, instance: `urn:tongzhang:request:${request.id}` })
}

export const installProblemHandlers = (server: FastifyInstance): void => {
  server.setErrorHandler((error, request, reply) => {
    const refusal = problemOf(error)
    if (refusal.statusCode >= 500 && !isProblem(error))
      request.log.error({ err: error, route: request.routeOptions.url }, "unexpected error")
    return answer(request, reply, refusal)
  })
  server.setNotFoundHandler((request, reply) =>
    answer(
      request,
      reply,
      problem({
        status: 404,
        rule: "NO_ROUTE",
        hint_zh: "没有这个接口，请检查路径和方法",
        hint_en: "No such address: check path and method",
      }),
    ),
  )
}
