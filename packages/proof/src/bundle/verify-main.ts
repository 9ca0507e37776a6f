/** `node verify.mjs bundle.zip`: this file and Node are all it takes; nothing is fetched. Bundled into assets/verify.mjs. */
import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { checkBundle } from "./check.js"
import { storedZip } from "./zip.js"

const usage = `node verify.mjs BUNDLE.zip [--key VKEY] [--witness VKEY …] [--witnesses-min N] [--json]

  --key            the ledger's verifier key, from a place you trust; without it the key in the bundle is believed
  --witness        verifier keys of witnesses you trust
  --witnesses-min  how many of them must have signed (default: all you name)
`

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: "string" },
      witness: { type: "string", multiple: true, default: [] },
      "witnesses-min": { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  const [path] = positionals
  if (path === undefined || values.help) {
    process.stdout.write(usage)
    return path === undefined ? 2 : 0
  }
  const witnesses_min = values["witnesses-min"] === undefined ? values.witness.length : Number(values["witnesses-min"])
  const report = await checkBundle(storedZip, readFileSync(path), {
    log: values.key ?? null,
    witnesses: values.witness,
    witnesses_min,
  })
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  else {
    for (const { rule, event, what } of report.findings)
      process.stdout.write(`✗ ${rule}${event === null ? "" : ` event ${event}`}: ${what}\n`)
    const { manifest } = report
    process.stdout.write(
      report.ok
        ? `PASS ${manifest?.scope.kind} ${manifest?.scope.of}: ${report.events} events proven in a log of ${report.size}\n`
        : `FAIL ${report.findings.length} findings\n`,
    )
    for (const { name, time } of report.signed)
      process.stdout.write(
        `  signed by ${name}${time === null ? "" : `, a witness, on ${new Date(time * 1000).toISOString()}`}\n`,
      )
    if (!report.trusted)
      process.stdout.write(
        `  checked with the key in the bundle: compare it with one from elsewhere, or name that with --key\n  ${manifest?.log ?? ""}\n`,
      )
  }
  return report.ok ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 2
})
