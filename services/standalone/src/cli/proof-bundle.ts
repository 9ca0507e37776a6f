/** `tongzhang proof bundle`: one file for a court or an appeal, and the program that checks it. */
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Command } from "commander"
import { type Client, Explained, type ProblemBody } from "./client.js"
import { connect, personOf } from "./connect.js"
import { explained } from "./vkey.js"

type Options = { person?: string; case?: string; province?: string; month?: string; out: string }

const pathOf = async (client: Client, options: Options): Promise<string> => {
  if (options.person !== undefined) return `persons/${await personOf(client, options.person)}`
  if (options.case !== undefined) return `cases/${encodeURIComponent(options.case)}`
  if (options.province !== undefined && options.month !== undefined) return `provinces/${options.province}/${options.month}`
  throw new Explained("a bundle of what?", "name --person ID, --case STREAM, or --province CODE with --month YYYY-MM")
}

export const bundleCommand = (): Command =>
  new Command("bundle")
    .description("events, rules, parameters, proofs, verifier and timeline in one zip; node verify.mjs checks it anywhere")
    .option("--person <id>", "citizen ID number or person key")
    .option("--case <stream>", "a case's stream: Transfer-…, Overlap-…, Benefit-…")
    .option("--province <code>", "with --month: what the province recorded then")
    .option("--month <month>", "YYYY-MM, China's time")
    .option("--out <file>", "where to write it; verify.mjs is laid beside it", "bundle.zip")
    .action(async (options: Options, command: Command) => {
      const client = connect(command)
      const get = async (path: string): Promise<Buffer> => {
        const answer = await client.raw("auditor", "GET", `/audit/bundle/${path}`, { headers: { "x-purpose": "audit" } })
        if (answer.ok) return Buffer.from(await answer.arrayBuffer())
        const { rule, hint_zh, hint_en } = (await answer.json()) as ProblemBody
        throw new Explained(rule, `${hint_zh}\n  ${hint_en}`)
      }
      const bytes = await get(await pathOf(client, options))
      explained(() => writeFileSync(options.out, bytes), "name a file in a folder that exists")
      const verifier = join(dirname(options.out), "verify.mjs")
      writeFileSync(verifier, await get("verify.mjs"))
      process.stdout.write(`${options.out}\ncheck it anywhere with Node: node ${verifier} ${options.out}\n`)
    })
