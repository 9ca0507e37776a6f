/** `tongzhang explain ID QUESTION`: any number with its reasons, as a tree; `tongzhang verify-explanation FILE`: the same derived again. */
import { readFileSync, writeFileSync } from "node:fs"
import type { ExplanationDocument } from "@tongzhang/entitlement/document"
import { drawExplanation, type Language } from "@tongzhang/entitlement/tree"
import { verifyFile, type Verified } from "@tongzhang/explanation-checker/verify"
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import { Command, Option } from "commander"
import { Explained } from "./client.js"
import { connect, personOf } from "./connect.js"

type Carried = ExplanationDocument & { readonly events?: unknown }

type ExplainOptions = {
  readonly lang: Language
  readonly ruleDate?: string
  readonly knownAt?: string
  readonly validAt?: string
  readonly post?: string
  readonly retirement?: string
  readonly region?: string
  readonly list: string
  readonly save?: string
  readonly json?: boolean
}

export const explainCommand = (): Command =>
  new Command("explain")
    .description("a number of a person with its reasons: rules, articles, parameters, events")
    .argument("<id>", "citizen ID number or person key")
    .argument(
      "<question>",
      "record, months, account[:44_110], bases, interest, place, transfer:44, retirement, pension, benefits, overlap:CASE",
    )
    .addOption(new Option("--lang <language>", "language of the tree").choices(["zh", "en"]).default("zh"))
    .option("--rule-date <day>", "day whose law is applied, e.g. 2024-12-31; today when left out")
    .option("--known-at <time>", "only what the ledger knew then: a day, a time with zone, or a log position")
    .option("--valid-at <month>", "as it held in this month, e.g. 2012-06, as `record --valid-at` shows it")
    .addOption(new Option("--post <group>", "a woman's post, which decides her age").choices(["female55", "female50"]))
    .option("--retirement <month>", "month in which the pension is to start; the statutory one when left out")
    .option("--region <city>", "city with a pension base of its own")
    .option("--list <count>", "entries shown of each list", "3")
    .option("--save <file>", "also write the document with its events, for verify-explanation")
    .option("--json", "print the document with its events")
    .action(async (id: string, question: string, options: ExplainOptions, command: Command) => {
      const client = connect(command)
      const query = new URLSearchParams({ question, evidence: "true" })
      for (const name of ["ruleDate", "knownAt", "validAt", "post", "retirement", "region"] as const) {
        const value = options[name]
        if (value !== undefined) query.set(name, value)
      }
      const person = await personOf(client, id)
      const document = await client.get<Carried>("center", `/national/persons/${person}/explain?${query.toString()}`)
      const text = `${JSON.stringify(document, null, 2)}\n`
      if (options.save !== undefined) writeFileSync(options.save, text)
      process.stdout.write(options.json === true ? text : `${drawExplanation(document, options.lang, Number(options.list))}\n`)
    })

const read = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    throw new Explained(`${file} cannot be read as JSON`, error instanceof Error ? error.message : String(error))
  }
}

const verified = (files: Parameters<typeof verifyFile>[0]): Verified => {
  try {
    return verifyFile(files)
  } catch (error) {
    throw new Explained("the file is no explanation", error instanceof Error ? error.message : String(error))
  }
}

type VerifyOptions = {
  readonly catalogue?: string
  readonly parameters?: string
  readonly events?: string
  readonly json?: boolean
}

export const verifyExplanationCommand = (): Command =>
  new Command("verify-explanation")
    .description("derives every step of an explanation again, with a program that shares no code with the rules")
    .argument("<file>", "as `tongzhang explain --json` or `--save` writes it")
    .option("--catalogue <file>", "formulas of the rules; this program's own when left out (docs/law/catalogue.json)")
    .option("--parameters <file>", "published numbers; this program's own when left out (docs/law/parameters.json)")
    .option("--events <file>", "the person's events from elsewhere; those in the file when left out")
    .option("--json", "print JSON")
    .action((file: string, options: VerifyOptions) => {
      const { problems, answers, steps } = verified({
        explanation: read(file),
        catalogue: options.catalogue === undefined ? catalogue() : read(options.catalogue),
        parameters: options.parameters === undefined ? publishedParameters() : read(options.parameters),
        events: options.events === undefined ? null : read(options.events),
      })
      if (options.json === true) process.stdout.write(`${JSON.stringify({ answers, steps, problems }, null, 2)}\n`)
      else {
        for (const { path, rule, what, stated, derived } of problems)
          process.stdout.write(`✗ ${path} (${rule ?? "no rule"}): ${what}\n    stated ${stated}, derived ${derived}\n`)
        process.stdout.write(
          problems.length === 0
            ? `✓ ${answers} answers, ${steps} steps: each follows from its operands\n`
            : `✗ ${problems.length} problems in ${answers} answers, ${steps} steps\n`,
        )
      }
      process.exitCode = problems.length === 0 ? 0 : 1
    })
