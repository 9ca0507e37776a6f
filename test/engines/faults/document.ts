/** docs/faults.md: the rows as they are written, the results as they were seen (`results.json`), nothing by hand. */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { defects } from "./defects.js"
import type { Observed } from "./kept.js"
import { type Row, type Theme, themes } from "./row.js"

export type Result = Observed & {
  /** From the first file to everything settled. */
  readonly seconds: number
  /** Copies on the topic of facts beyond the first. */
  readonly repeated: number
}
type Results = Readonly<Record<string, Result>>

const results_path = fileURLToPath(new URL("results.json", import.meta.url))
export const document_path = fileURLToPath(new URL("../../../docs/faults.md", import.meta.url))

export const idOf = ({ theme, name }: Row): string => `${theme}: ${name}`
export const knownResults = (): Results =>
  existsSync(results_path) ? (JSON.parse(readFileSync(results_path, "utf8")) as Results) : {}

/** Keeps what this run has seen, drops rows that are no more, writes the document. */
export const keepResults = (rows: readonly Row[], seen: Results): void => {
  const all = { ...knownResults(), ...seen }
  const kept = Object.fromEntries(rows.flatMap((row) => (all[idOf(row)] === undefined ? [] : [[idOf(row), all[idOf(row)]]])))
  writeFileSync(results_path, `${JSON.stringify(kept, null, 1)}\n`)
  writeFileSync(document_path, documentOf(rows, kept as Results))
}

const titles: Readonly<Record<Theme, string>> = {
  "event store": "Event store (test node)",
  network: "Network",
  kafka: "Kafka",
  postgresql: "PostgreSQL",
  processes: "Processes",
  unreadable: "Facts nobody can read",
}

const countsOf = (counts: Readonly<Record<string, number>>, verb: string): string[] =>
  Object.entries(counts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${what}${verb}${times > 1 ? ` (${times})` : ""}`)

/** What the services said while it lasted, and how often facts came again. */
const seenIn = ({ ended, warned, repeated }: Result): string => {
  const seen = [...countsOf(ended, " ended itself, started again"), ...countsOf(warned, "")]
  if (repeated > 0) seen.push(`${repeated} facts sent again`)
  return seen.length === 0 ? "nothing" : seen.join("; ").replaceAll("|", "/")
}

const lineOf = (row: Row, result: Result | undefined): string => {
  const guarantee = row.guarantee ?? "digest equal, nothing lost, nothing twice"
  const [seen, seconds] = result === undefined ? ["not run yet", "—"] : [seenIn(result), String(Math.round(result.seconds))]
  return `| ${row.name} | ${row.where} | ${row.answer} | ${seen} | ${guarantee} | ${seconds} |`
}

const tableOf = (theme: Theme, rows: readonly Row[], results: Results): string[] => [
  `## ${titles[theme]}`,
  "",
  "<!-- prettier-ignore -->",
  "| Fault (test row) | Injected | What the services do | What was seen | Guarantee seen | Told and settled after (s) |",
  "|---|---|---|---|---|---|",
  ...rows.map((row) => lineOf(row, results[idOf(row)])),
  "",
]

const opening = `# Faults

What is done to the ledger while the demo's story is told, and what came of it. Made by \`test/engines/fault-table.engine.ts\`; do not
edit by hand: \`FAULTS=all UPDATE_DOCS=1 npm run test:engines -- fault-table\` writes it.

**How.** Seven service processes, the EventStoreDB *test node* (a process; it speaks the wire, it is not a database), a real Apache Kafka
and a real PostgreSQL, each engine behind a TCP proxy. The story is told in chapters, one a row, each with persons of its own: three
provinces send files, a person insured twice is found, a person applies once and three provinces become one. The same chapters are told
undisturbed first, in the same layout. After each row are compared: the record digest of the chapter's persons, the events of every
stream, the cases of duplicates, letters and notices, every fact on the topic \`ledger.facts\` (all there, each copy the same), dead
letters and persons set aside (none); at the end the digest over everybody.

*Nothing twice* is about effects: a fact may be sent again (the column says how often it was), and the topic's readers pass it over
(docs/relay.md). A process that ends itself is started again by the test as a supervisor would; an undisturbed chapter takes 2 to 4 s
on two idle cores. Times of a shared machine: read them as "seconds" or "a minute".

\`FAULTS=quick\` (the default) tells one row of each kind, drawn by \`FAULTS_SEED\`; \`FAULTS=few\` (CI) two of each theme; \`FAULTS_ROWS\` those whose \`theme: name\` matches the expression.
The test node's hooks on \`append\`, \`delete\`, \`tombstone\`, \`features\` and \`gossip\` have no row: no service makes these calls (they are
exercised in \`packages/event-store/src/eventstoredb/faults.test.ts\` and \`packages/testing/src/test-node\`).
`

export const documentOf = (rows: readonly Row[], results: Results = knownResults()): string =>
  [
    opening,
    ...themes.flatMap((theme) => {
      const own = rows.filter((row) => row.theme === theme)
      return own.length === 0 ? [] : tableOf(theme, own, results)
    }),
    ...defects,
  ].join("\n")
