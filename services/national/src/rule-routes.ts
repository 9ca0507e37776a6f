/** `GET /rules`: what each rule and operand of an explanation is called, in words; the console shows them instead of the formula's names. */
import { rules } from "@tongzhang/law/rules/registry"
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"

const words = z.object({ zh: z.string(), en: z.string() })
const rule = z.object({
  id: z.string(),
  title: words,
  summary: words,
  unit: z.string(),
  operands: z.record(z.string(), words),
  versions: z.array(z.object({ from: z.string(), formula: z.string(), article: z.string(), source: z.string() })),
})

const shown: readonly z.infer<typeof rule>[] = rules.map(({ id, title, summary, unit, operands, versions }) => ({
  id,
  title,
  summary,
  unit,
  operands: Object.fromEntries(Object.entries(operands).map(([name, { zh, en }]) => [name, { zh, en }])),
  versions: versions.map(({ from, formula, article, source }) => ({ from, formula, article, source })),
}))

export const addRuleRoutes = (server: Server): void => {
  server.get(
    "/rules",
    {
      schema: {
        tags: ["law"],
        summary: "Every rule that explains a number: its title, its operands in words, its versions with articles",
        response: { 200: z.object({ rules: z.array(rule) }) },
      },
    },
    async (request, reply) => {
      requireCaller(request)
      // Rules change with the program only; about nobody.
      void reply.header("cache-control", "private, max-age=3600")
      return { rules: [...shown] }
    },
  )
}
