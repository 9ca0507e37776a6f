/** What a province needs before it sends anything: the template and the codes it may be answered with. Public. */
import { z } from "zod"
import { actWords, feedColumns } from "@tongzhang/contracts/feed-columns"
import { isWarning, ruleCatalogue } from "@tongzhang/contracts/refusals"
import type { RuleText } from "@tongzhang/contracts/refusal-rule"
import type { Server } from "@tongzhang/service-kit/http"
import { textSheets } from "../feeds/results.js"
import { titleOf } from "../reading/header.js"

const code = z.object({
  code: z.string(),
  status: z.number().describe("HTTP status; 200 for a warning"),
  warning: z.boolean(),
  hint_zh: z.string().describe("Template; {names} are filled with the row's values"),
  hint_en: z.string(),
  field: z.string().optional(),
  article: z.string().optional(),
})

const titles = feedColumns.map((column) => titleOf(column.key))

const explained = (): readonly (readonly string[])[] => [
  ["列", "代码", "也可写作"],
  ...feedColumns.map((column) => [column.zh, column.code, column.aliases.join("、")]),
  ["", "", ""],
  ["业务类型", "", ""],
  ...Object.entries(actWords).map(([word, act]) => [word, act, ""]),
]

export const addCatalogueRoutes = (server: Server): void => {
  const open = { config: { public: true } }
  server.get(
    "/codes",
    { ...open, schema: { tags: ["catalogue"], summary: "Every rule code with its hints", response: { 200: z.array(code) } } },
    async () =>
      Object.entries(ruleCatalogue).map(([name, rule]: [string, RuleText]) => ({
        code: name,
        status: rule.status,
        warning: isWarning(name),
        hint_zh: rule.zh,
        hint_en: rule.en,
        ...(rule.field === undefined ? {} : { field: rule.field }),
        ...(rule.article === undefined ? {} : { article: rule.article }),
      })),
  )
  server.get(
    "/template.csv",
    { ...open, schema: { tags: ["catalogue"], summary: "Empty file with all columns" } },
    async (_r, reply) =>
      reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="template.csv"')
        .send(`\uFEFF${titles.join(",")}\r\n`),
  )
  server.get(
    "/template.xlsx",
    { ...open, schema: { tags: ["catalogue"], summary: "The same as a workbook" } },
    async (_r, reply) =>
      reply
        .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .header("content-disposition", 'attachment; filename="template.xlsx"')
        .send(
          await textSheets([
            { sheet: "数据", rows: [titles] },
            { sheet: "说明", rows: explained() },
          ]),
        ),
  )
}
