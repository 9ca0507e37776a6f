/** The projector's own statements: noted while it writes, to be run again with nothing else to do. */
import type { RecordDb } from "@tongzhang/record/database"
import { CompiledQuery, type KyselyPlugin, type RawNode, type ValueNode } from "kysely"

export type Statement = { readonly sql: string; readonly parameters: readonly unknown[] }

/** The record with every upsert of rows noted; a transaction begins with the statement on `person_record` and ends on `checkpoint`. */
export const noting = (record: RecordDb, transactions: Statement[][]): RecordDb => {
  let current: Statement[] = []
  const note: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (node.kind !== "RawNode") return node
      const { sql: text, parameters } = compiled(node)
      if (text.startsWith("insert into")) current.push({ sql: text, parameters })
      if (text.startsWith("insert into checkpoint")) {
        transactions.push(current)
        current = []
      }
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { ...record, db: record.db.withPlugin(note) }
}

/** As Kysely writes a raw statement: fragments, values as `$1`, raw pieces within raw pieces. */
const compiled = (node: RawNode): Statement => {
  const parameters: unknown[] = []
  const textOf = ({ sqlFragments, parameters: parts }: RawNode): string =>
    sqlFragments
      .map((fragment, i) => {
        const part = parts[i]
        if (part === undefined) return fragment
        if (part.kind === "RawNode") return fragment + textOf(part as RawNode)
        if (part.kind !== "ValueNode") throw new Error(`a ${part.kind} in a raw statement: the benchmark cannot run it again`)
        parameters.push((part as ValueNode).value)
        return `${fragment}$${parameters.length}`
      })
      .join("")
  const sql = textOf(node)
  return { sql, parameters }
}

export const runAgain = async (record: RecordDb, transactions: readonly (readonly Statement[])[]): Promise<void> => {
  for (const statements of transactions)
    await record.db.transaction().execute(async (trx) => {
      for (const { sql, parameters } of statements) await trx.executeQuery(CompiledQuery.raw(sql, [...parameters]))
    })
}

/** The rows of an upsert, none for the checkpoint's. */
export const rowsOf = ({ sql, parameters }: Statement): readonly Readonly<Record<string, unknown>>[] =>
  sql.includes("json_to_recordset") ? (JSON.parse(String(parameters[0])) as Record<string, unknown>[]) : []
