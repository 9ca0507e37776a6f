/** `tongzhang who-saw ID`: everybody who has read this person, out of the ledger. */
import { Command } from "commander"
import { connect, personOf } from "./connect.js"
import { provinceName, table } from "./format.js"

type Line = {
  readonly id: number
  readonly event: string
  readonly caller: { readonly kind: string; readonly id: string; readonly province: string | null }
  readonly purpose: string
  readonly what: string
  readonly at: string
}

const readerOf = ({ caller: { kind, id, province } }: Line): string =>
  `${kind} ${id}${province === null ? "" : ` ${provinceName(province)}`}`

export const whoSawCommand = (): Command =>
  new Command("who-saw")
    .description("who has read a person's record, when and for what; the auditor's own reads too")
    .argument("<id>", "citizen ID number or person key")
    .option("--limit <n>", "newest reads shown, at most 500", "50")
    .option("--json", "print JSON")
    .action(async (id: string, options: { limit: string; json?: boolean }, command: Command) => {
      const client = connect(command)
      const person = await personOf(client, id, "auditor")
      const path = `/national/persons/${person}/access?limit=${encodeURIComponent(options.limit)}`
      const { accesses } = await client.get<{ accesses: readonly Line[] }>("auditor", path, "audit")
      if (options.json === true) return void process.stdout.write(`${JSON.stringify(accesses, null, 2)}\n`)
      const drawn = table(accesses, [
        { head: "#", right: true, of: (line) => line.id },
        { head: "时间 when", of: (line) => line.at },
        { head: "查阅人 reader", of: readerOf },
        { head: "目的 purpose", of: (line) => line.purpose },
        { head: "内容 what", of: (line) => line.what },
        { head: "事件 event", of: (line) => line.event },
      ])
      process.stdout.write(`${drawn}\n${accesses.length} reads; a receipt for one: tongzhang proof event EVENT\n`)
    })
