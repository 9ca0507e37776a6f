/** `tongzhang overlaps`: the queue of duplicate enrollments. */
import { Command } from "commander"
import { connect } from "./connect.js"
import { sideName, table } from "./format.js"

type Case = {
  person: string
  family: string
  case: string
  kind: string
  status: string
  months: number
  recommended: string | null
}

export const overlapsCommand = (): Command =>
  new Command("overlaps")
    .description("duplicate enrollments and second benefits, oldest first")
    .option("--province <code>", "only cases that concern a province")
    .option("--status <status>", "open, decided, cleared, dismissed, dissolved")
    .option("--kind <kind>", "EMP-EMP, EMP-RES, RES-RES, MED-MED, PENSION-PENSION …")
    .option("--limit <n>", "rows", "50")
    .option("--json", "print JSON")
    .action(
      async (options: { province?: string; status?: string; kind?: string; limit: string; json?: boolean }, command: Command) => {
        const query = new URLSearchParams({ limit: options.limit })
        for (const name of ["province", "status", "kind"] as const)
          if (options[name] !== undefined) query.set(name, options[name])
        const page = await connect(command).get<{ cases: readonly Case[]; total: number }>(
          "center",
          `/duplicates/cases?${query.toString()}`,
          "duplicate-check",
        )
        if (options.json === true) {
          process.stdout.write(`${JSON.stringify(page, null, 2)}\n`)
          return
        }
        const drawn = table(page.cases, [
          { head: "个人键 person", of: (row) => row.person },
          { head: "类型 kind", of: (row) => row.kind },
          { head: "双方 sides", of: (row) => row.case.split("~").map(sideName).join(" × ") },
          { head: "月数", right: true, of: (row) => row.months },
          { head: "状态 status", of: (row) => row.status },
          { head: "建议保留 keep", of: (row) => (row.recommended === null ? "协商 by agreement" : sideName(row.recommended)) },
        ])
        process.stdout.write(`${drawn}\n${page.cases.length} of ${page.total} cases\n`)
      },
    )
