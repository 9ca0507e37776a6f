/**
 * `docs/event-store-contract.md` lists the cases that the contract suites declare, and which engine runs them. The list is taken
 * from the suites themselves; `UPDATE_DOCS=1 npx vitest run --project whole test/house/contracts` writes it anew.
 */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { format, resolveConfig } from "prettier"
import { describe, expect, it } from "vitest"
import { root } from "./sources.js"

const doc = join(root, "docs/event-store-contract.md")

type Column = {
  readonly engine: string
  /** The describe block whose cases are counted; null: the suite is run elsewhere, and `note` says where, or that it is not. */
  readonly suite: string | null
  readonly note: string
  /** How many cases a run elsewhere had, as it was seen; absent: the same suite, whenever such an engine answers. */
  readonly seen?: string
}
type Contract = { readonly title: string; readonly intro: string; readonly columns: readonly Column[] }

const contracts: readonly Contract[] = [
  {
    title: "Event store",
    intro:
      'Suite: `packages/event-store/src/contract.ts`. "Tight" runs the same cases with every limit of the adapter so small that a case passes all of them. The test node speaks EventStoreDB\'s wire and is no database (`packages/testing`): it shows that the adapter and the real client library keep the contract, not that a server does. It cannot be reopened in the tight run: the cases under "reopened" return at once there.',
    columns: [
      { engine: "embedded", suite: "event-store contract: embedded", note: "`npm test`" },
      { engine: "embedded, tight", suite: "event-store contract: embedded with every limit tight", note: "`npm test`" },
      { engine: "EventStoreDB adapter, test node", suite: "event-store contract: eventstoredb (test node)", note: "`npm test`" },
      {
        engine: "the same, tight",
        suite: "event-store contract: eventstoredb (test node) with every limit tight",
        note: "`npm test`",
      },
      {
        engine: "test node in a process of its own, with a journal and a past",
        suite: null,
        seen: "77 of 78, twice (tight too)",
        note: "`npm run test:engines` with TEST_EVENT_STORE_URL, CI too. The case left out asks for an empty store; it is asked once, before any case writes",
      },
      {
        engine: "the same in a container",
        suite: null,
        seen: "77 of 78, twice (tight too)",
        note: "`npm run test:containers` on an image of the test node, 2026-11-22",
      },
      {
        engine: "real EventStoreDB",
        suite: null,
        note: "not run here: no server without its container image. `npm run test:containers` runs it where the image can be had",
      },
    ],
  },
  {
    title: "Streams",
    intro:
      "Suite: `packages/streams/src/contract.ts`. On Kafka the random histories are fewer (`KAFKA_HISTORIES`, 5), since each restarts the engine several times.",
    columns: [
      { engine: "embedded", suite: "streams contract: embedded (LMDB)", note: "`npm test`" },
      { engine: "Kafka broker", suite: null, note: "`npm run test:engines`, when a broker answers (`npm run kafka:up`); CI too" },
      { engine: "Apache Kafka 4.0.0, one node", suite: null, seen: "53", note: "2026-11-22, and the adapter's own 9" },
      {
        engine: "Apache Kafka 3.9.1, one node",
        suite: null,
        seen: "53",
        note: "2026-11-22, the adapter's own 9, 2 faults (kill -9, standing still)",
      },
      {
        engine: "Apache Kafka 4.0.0, three nodes, every topic replicated",
        suite: null,
        seen: "53",
        note: "2026-11-22, the adapter's own 9, 3 faults, the relay",
      },
      {
        engine: "Apache Kafka 4.0.0 in a container",
        suite: null,
        seen: "53",
        note: "`npm run test:containers`, 2026-11-22, and the adapter's own 9",
      },
    ],
  },
  {
    title: "Key store",
    intro: "Suite: `packages/identity/src/contract.ts`. On PostgreSQL each case has a schema of its own.",
    columns: [
      { engine: "embedded", suite: "key-store contract: embedded", note: "`npm test`" },
      {
        engine: "PostgreSQL",
        suite: null,
        note: "`npm run test:engines`, when a server answers (`npm run postgres:up`); CI too",
      },
      {
        engine: "PostgreSQL 15.18 of Debian, beside and in a container",
        suite: null,
        seen: "11",
        note: "`npm run test:engines`, `npm run test:containers`, 2026-11-22",
      },
    ],
  },
  {
    title: "Consumer state",
    intro: "Suite: `packages/streams/src/contract-consumer-state.ts`.",
    columns: [
      { engine: "embedded", suite: "consumer state contract: embedded (LMDB)", note: "`npm test`" },
      {
        engine: "PostgreSQL",
        suite: null,
        note: "`npm run test:engines`, when a server answers (`npm run postgres:up`); CI too",
      },
      {
        engine: "PostgreSQL 15.18 of Debian, beside and in a container",
        suite: null,
        seen: "5",
        note: "`npm run test:engines`, `npm run test:containers`, 2026-11-22",
      },
    ],
  },
]

const files = [
  "packages/event-store/src/embedded/store.test.ts",
  "packages/event-store/src/eventstoredb/store.test.ts",
  "packages/streams/src/embedded/streams.test.ts",
  "packages/streams/src/embedded/consumer-state.test.ts",
  "packages/identity/src/embedded/key-store.test.ts",
]

/** The suites are collected, not run: suite -> its cases, `group > case`, in the order they are declared. */
const declared = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const folder = mkdtempSync(join(tmpdir(), "contracts-"))
  const list = join(folder, "cases.json")
  try {
    // `--json=`: without the sign vitest takes the first file's name for the place to write to.
    const args = ["node_modules/vitest/vitest.mjs", "list", "--project=unit", `--json=${list}`, ...files]
    await promisify(execFile)(process.execPath, args, { cwd: root, env: { PATH: process.env["PATH"] } })
    const cases = new Map<string, string[]>()
    for (const { name } of JSON.parse(readFileSync(list, "utf8")) as readonly { readonly name: string }[]) {
      const [suite = "", ...rest] = name.split(" > ")
      cases.set(suite, [...(cases.get(suite) ?? []), rest.join(" > ")])
    }
    return cases
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const escaped = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;")

const section = ({ title, intro, columns }: Contract, cases: ReadonlyMap<string, readonly string[]>): string => {
  const all = cases.get(columns[0]?.suite ?? "") ?? []
  const runs = ({ suite }: Column, name: string): string =>
    suite === null ? "" : cases.get(suite)?.includes(name) === true ? "yes" : "**no**"
  const inProcess = columns.filter(({ suite }) => suite !== null)
  const rows = all.map((name) => {
    const [group = "", ...rest] = name.split(" > ")
    return `| ${escaped(group)} | ${escaped(rest.join(" > "))} | ${inProcess.map((column) => runs(column, name)).join(" | ")} |`
  })
  return [
    `## ${title}: ${all.length} cases`,
    intro,
    ["| Engine | Cases | Run by |", "|---|---|---|"]
      .concat(
        columns.map(({ engine, suite, note, seen }) => {
          const elsewhere = seen ?? (note.startsWith("not run") ? "0" : "the same suite")
          const count = suite === null ? elsewhere : String(cases.get(suite)?.length ?? 0)
          return `| ${engine} | ${count} | ${note} |`
        }),
      )
      .join("\n"),
    [
      `| Group | Case | ${inProcess.map(({ engine }) => engine).join(" | ")} |`,
      `|---|---|${inProcess.map(() => "---|").join("")}`,
    ]
      .concat(rows)
      .join("\n"),
  ].join("\n\n")
}

const page = async (cases: ReadonlyMap<string, readonly string[]>): Promise<string> => {
  const text = [
    "# The contracts and who keeps them",
    "Every engine behind a port runs the same suite: the suite is what the port means. This list is taken from the suites by `test/house/contracts.test.ts`, which fails when it is out of date.",
    ...contracts.map((contract) => section(contract, cases)),
  ].join("\n\n")
  return format(text, { ...(await resolveConfig(doc)), filepath: doc })
}

describe("the contracts", async () => {
  const cases = await declared()

  it("every engine runs every case of its suite", () => {
    for (const { columns } of contracts) {
      const suites = columns.flatMap(({ suite }) => suite ?? [])
      for (const suite of suites) {
        expect(cases.get(suite)?.length, suite).toBeGreaterThan(0)
        expect(cases.get(suite)?.toSorted(), suite).toEqual(cases.get(suites[0] ?? "")?.toSorted())
      }
    }
  })

  it("docs/event-store-contract.md lists them as they are", async () => {
    const text = await page(cases)
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(doc, text)
    expect(readFileSync(doc, "utf8"), "run it with UPDATE_DOCS=1").toBe(text)
  })
})
