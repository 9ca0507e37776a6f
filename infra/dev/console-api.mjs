// Writes the console's types from the OpenAPI documents that the services serve themselves (npm run console:api).
// With --check it writes nothing and exits 1 where what is checked in is not what the services say.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { openLedger } from "@tongzhang/standalone/ledger"
import { createLogger } from "@tongzhang/service-kit/logger"

/** What the console asks for. A route joins this list when a page uses it; a change of any other route concerns nobody here. */
const used = {
  national: [
    "/national/persons/lookup",
    "/national/persons/{key}/record",
    "/national/persons/{key}/explain",
    "/national/persons/{key}/accesses",
    "/national/persons/{key}/diff",
    "/national/persons/identities",
    "/national/persons/{key}/overlaps/{case}/preview",
    "/national/overlaps",
    "/national/overlaps/quality",
    "/national/statistics/coverage",
    "/national/statistics/coverage/trend",
    "/national/rules",
    "/national/persons/{key}/paid",
    "/national/persons/{key}/simulate",
    "/national/appeals",
    "/national/appeals/{id}",
    "/national/appeals/{id}/answer",
    "/national/appeals/{id}/assign",
    "/national/appeals/{id}/supplement",
    "/national/appeals/{id}/withdraw",
  ],
  transfer: [
    // a line each, so that desks add theirs beside each other
    "/transfer/{id}",
    "/transfer/queue",
    "/transfer/board",
    "/transfer/performance",
    "/transfer/{id}/legs/{province}/draft",
    "/transfer/{id}/legs/{province}/statement",
    "/transfer/{id}/legs/{province}/accept",
    "/transfer/{id}/legs/{province}/money",
    "/transfer/{id}/legs/{province}/dispute",
    "/transfer/{id}/legs/{province}/settle",
    "/transfer/{id}/legs/{province}/fail",
    "/transfer/applications",
    "/transfer/preview",
    "/transfer/stopped",
    "/transfer/stopped/replay",
  ],
  intake: [
    "/intake/catalogue",
    "/intake/uploads",
    "/intake/uploads/{uploadId}",
    "/intake/uploads/{uploadId}/rehearsal",
    "/intake/feeds",
    "/intake/feeds/{feedId}",
    "/intake/feeds/{feedId}/run",
    "/intake/feeds/{feedId}/receipt",
    "/intake/feeds/{feedId}/problems",
    "/intake/jobs/{id}",
  ],
  audit: [
    "/audit/persons/{key}/history",
    "/audit/accesses",
    "/audit/books",
    "/audit/books/postings",
    "/audit/fsck",
    "/audit/jobs",
    "/audit/jobs/{id}",
    "/audit/proof/checkpoints",
    "/audit/proof/consistency",
    "/audit/proof/cosign",
    "/audit/proof/events/{id}",
    "/audit/proof/streams/{stream}/{revision}",
    "/audit/proof/log",
    "/audit/sample",
    "/audit/verify",
    "/audit/workpapers",
    "/audit/workpapers/{engagement}",
    "/audit/workpapers/{engagement}/samples",
    "/audit/workpapers/{engagement}/samples/{sample}/redraw",
    "/audit/workpapers/{engagement}/notes",
    "/audit/workpapers/{engagement}/findings",
    "/audit/workpapers/{engagement}/findings/{finding}/resolve",
    "/audit/workpapers/{engagement}/findings/{finding}/withdraw",
    "/audit/workpapers/{engagement}/checks",
    "/audit/workpapers/{engagement}/close",
  ],
  demo: ["/demo/clock", "/demo/tokens", "/demo/detection"],
  relay: ["/relay/status", "/relay/jobs/{id}", "/relay/reconcile", "/relay/reconciliation"],
  projector: ["/projector/quarantine", "/projector/quarantine/retry", "/projector/rebuild"],
  duplicates: [
    "/duplicates/stopped",
    "/duplicates/stopped/replay",
    "/duplicates/cases/{person}/{family}/{case}",
    "/duplicates/cases/{person}/{family}/{case}/decision",
    "/duplicates/cases/{person}/{family}/{case}/withdrawal",
    "/duplicates/cases/{person}/{family}/{case}/choice",
    "/duplicates/cases/{person}/{family}/{case}/dismissal",
  ],
}

const root = fileURLToPath(new URL("../..", import.meta.url))
const consoleUnit = join(root, "services/console")
const require = createRequire(join(consoleUnit, "package.json"))
// The package exports CommonJS to require() and the same as named exports to import.
const generator = await import(pathToFileURL(require.resolve("openapi-typescript").replace(/\.cjs$/, ".mjs")).href)
const { default: openapiTS, astToString } = generator

const narrowed = (name, document) => {
  const missing = used[name].filter((path) => document.paths[path] === undefined)
  if (missing.length > 0) throw new Error(`${name} has no ${missing.join(", ")}`)
  return { ...document, paths: Object.fromEntries(used[name].map((path) => [path, document.paths[path]])) }
}

const folder = mkdtempSync(join(tmpdir(), "console-api-"))
const ledger = await openLedger({ dataDir: folder, logger: createLogger({ service: "console-api", level: "silent" }) })
const drifted = []
try {
  for (const name of Object.keys(used)) {
    const answer = await ledger.server.inject(`/${name}/openapi.json`)
    const text = `/** Made by \`npm run console:api\` from /${name}/openapi.json; do not edit. */\n${astToString(
      await openapiTS(narrowed(name, answer.json())),
    )}`
    const path = join(consoleUnit, `src/generated/${name}.ts`)
    if (process.argv.includes("--check")) {
      const now = (() => {
        try {
          return readFileSync(path, "utf8")
        } catch {
          return ""
        }
      })()
      if (now !== text) drifted.push(name)
    } else writeFileSync(path, text)
  }
} finally {
  await ledger.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
if (drifted.length > 0) {
  console.error(
    `services/console/src/generated: ${drifted.join(", ")} changed; run npm run console:api and commit what it writes`,
  )
  process.exit(1)
}
