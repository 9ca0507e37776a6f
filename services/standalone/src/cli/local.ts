/** Commands for the local ledger only: a token for another caller, and the clock. */
import { Command } from "commander"
import { connect } from "./connect.js"

export const tokenCommand = (): Command =>
  new Command("token")
    .description("print a local token: agency:31, center, auditor, person:KEY")
    .argument("<caller>")
    .action(async (caller: string, _options, command: Command) => {
      const { token } = await connect(command).post<{ token: string }>("center", "/demo/tokens", { caller })
      process.stdout.write(`${token}\n`)
    })

export const clockCommand = (): Command =>
  new Command("clock")
    .description("show the local ledger's clock, or set it ahead to see deadlines pass")
    .option("--ahead <days>", "whole days to go ahead", Number)
    .action(async (options: { ahead?: number }, command: Command) => {
      const client = connect(command)
      const time =
        options.ahead === undefined
          ? await client.get<{ now: string; ahead_days: number }>("center", "/demo/clock")
          : await client.post<{ now: string; ahead_days: number }>("center", "/demo/clock", { days: options.ahead })
      process.stdout.write(`${time.now} (${time.ahead_days.toFixed(1)} days from the machine's clock)\n`)
    })
