/** `tongzhang audit sample`: what an auditor tests by hand, drawn so that anybody can draw it again. */
import { Command } from "commander"
import { connect } from "./connect.js"
import { count, table, yuan } from "./format.js"

type Sample = {
  readonly seed: string
  readonly method: string
  readonly upTo: string | null
  readonly facts: number
  readonly amount_fen: number
  readonly items: readonly {
    readonly event: string
    readonly stratum: string
    readonly amount_fen: number
    readonly hits: number
    readonly stream: string
    readonly revision: number
  }[]
}

export const sampleCommand = (): Command =>
  new Command("sample")
    .description("draw money facts by seed: same seed and position, same sample")
    .requiredOption("--seed <text>", "decides the sample, together with the position")
    .option("--size <n>", "how many, at most 1000", "25")
    .option("--method <method>", "stratified (province, scheme, kind, amount) or monetary (by fen)", "stratified")
    .option("--up-to <position>", "log position; left out: the newest, which is printed")
    .option("--province <code>", "this province's relations only")
    .option("--scheme <code>", "this scheme only")
    .option("--recorded-from <date>", "only what the ledger was told on this day of China or later")
    .option("--recorded-to <date>", "or on this day or earlier")
    .option("--json", "print JSON")
    .action(async (options: Record<string, string | boolean>, command: Command) => {
      const query = new URLSearchParams()
      for (const name of ["seed", "size", "method", "upTo", "province", "scheme", "recordedFrom", "recordedTo"])
        if (typeof options[name] === "string") query.set(name, options[name])
      const sample = await connect(command).get<Sample>("auditor", `/audit/sample?${query.toString()}`, "audit")
      if (options["json"] === true) return void process.stdout.write(`${JSON.stringify(sample, null, 2)}\n`)
      const drawn = table(sample.items, [
        { head: "层 stratum", of: (item) => item.stratum },
        { head: "金额 amount", right: true, of: (item) => yuan(item.amount_fen) },
        { head: "hits", right: true, of: (item) => item.hits },
        { head: "事件 event", of: (item) => item.event },
        { head: "流 stream", of: (item) => `${item.stream} #${item.revision}` },
      ])
      const again = `seed ${sample.seed}, ${sample.method}, up to ${sample.upTo ?? "-"}`
      process.stdout.write(
        `${drawn}\n${sample.items.length} of ${count(sample.facts)} facts, ${yuan(sample.amount_fen)}; again with ${again}\n`,
      )
    })
