/** What a province needs before it sends anything: the template and the codes it may be answered with. Public. */
import { z } from "zod"
import { actWords, feedColumns } from "@tongzhang/contracts/feed-columns"
import { isWarning, ruleCatalogue } from "@tongzhang/contracts/refusals"
import type { RuleText } from "@tongzhang/contracts/refusal-rule"
import type { Server } from "@tongzhang/service-kit/http"
import { textSheets } from "../feeds/results.js"
import type { IntakeLimits } from "../limits.js"
import { columnKeys } from "../reading/columns.js"
import { titleOf } from "../reading/header-names.js"
import { templateRows, templates } from "../templates.js"

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
  ["示例行的公民身份号码校验位有意写错：忘记删除也只会被退回，不会入账", "", ""],
  ["", "", ""],
  ["列", "代码", "也可写作"],
  ...feedColumns.map((column) => [column.zh, column.code, column.aliases.join("、")]),
  ["", "", ""],
  ["业务类型", "", ""],
  ...Object.entries(actWords).map(([word, act]) => [word, act, ""]),
]

const catalogue = z.object({
  columns: z.array(z.object({ key: z.enum(columnKeys), code: z.string(), zh: z.string(), aliases: z.array(z.string()) })),
  templates: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string() })),
  limits: z.object({
    file_bytes_max: z.number(),
    xlsx_bytes_max: z.number(),
    rows_max: z.number(),
    uploads_kept_ms: z.number(),
    xlsxResult_rows_max: z.number(),
  }),
})

export const addCatalogueRoutes = (server: Server, limits: IntakeLimits): void => {
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
    "/catalogue",
    {
      ...open,
      schema: {
        tags: ["catalogue"],
        summary: "Columns and their names, templates, limits of a file",
        response: { 200: catalogue },
      },
    },
    async () => ({
      columns: feedColumns.map(({ key, code: official, zh, aliases }) => ({ key, code: official, zh, aliases: [...aliases] })),
      templates: templates.map(({ id, zh, en }) => ({ id, zh, en })),
      limits: {
        file_bytes_max: limits.file_bytes_max,
        xlsx_bytes_max: limits.xlsx_bytes_max,
        rows_max: limits.rows_max,
        uploads_kept_ms: limits.uploads_kept_ms,
        xlsxResult_rows_max: limits.xlsxResult_rows_max,
      },
    }),
  )
  addTemplates(server)
}

const querystring = z.object({
  act: z
    .enum(templates.map(({ id }) => id))
    .optional()
    .describe("One kind of business with its columns and an example; default every column and no row"),
})
const rowsFor = (act: string | undefined): { readonly rows: readonly (readonly string[])[]; readonly name: string } => {
  const found = templates.find(({ id }) => id === act)
  return found === undefined ? { rows: [titles], name: "template" } : { rows: templateRows(found), name: `template-${found.id}` }
}

const addTemplates = (server: Server): void => {
  server.get(
    "/template.csv",
    { config: { public: true }, schema: { tags: ["catalogue"], summary: "A file to begin with", querystring } },
    async (request, reply) => {
      const { rows, name } = rowsFor(request.query.act)
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="${name}.csv"`)
        .send(`\uFEFF${rows.map((cells) => `${cells.join(",")}\r\n`).join("")}`)
    },
  )
  server.get(
    "/template.xlsx",
    {
      config: { public: true },
      schema: { tags: ["catalogue"], summary: "The same as a workbook, with an explanation", querystring },
    },
    async (request, reply) => {
      const { rows, name } = rowsFor(request.query.act)
      return reply
        .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .header("content-disposition", `attachment; filename="${name}.xlsx"`)
        .send(
          await textSheets([
            { sheet: "数据", rows },
            { sheet: "说明", rows: explained() },
          ]),
        )
    },
  )
}
