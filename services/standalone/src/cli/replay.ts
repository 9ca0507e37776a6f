/** `tongzhang replay ID`: one person's history, event by event, with what each changed. */
import { Command } from "commander"
import { connect, personOf } from "./connect.js"

type Words = { readonly zh: string; readonly en: string }
type Step = {
  readonly event: {
    readonly type: string
    readonly stream: string
    readonly revision: number
    readonly recordedAt: string
    readonly words: Words
    readonly metadata: {
      readonly actor?: { readonly kind: string; readonly id: string; readonly province?: string }
      readonly source?: { feedId: string; row: number }
    } | null
  }
  readonly changes: readonly { readonly words: Words }[]
  readonly problem: string | null
}

const drawStep = (step: Step, n: number): string => {
  const { event } = step
  const who = event.metadata?.actor
  const from = event.metadata?.source
  return [
    `${String(n + 1).padStart(4)}  ${event.recordedAt}  ${event.words.zh}`,
    `      ${event.stream.replace(/[0-9a-f]{32}/, "…")} #${event.revision} ${event.type} · ${who === undefined ? "?" : `${who.kind} ${who.province ?? who.id}`}${from === undefined ? "" : ` · feed ${from.feedId} row ${from.row}`}`,
    ...step.changes.map((change) => `      → ${change.words.zh}`),
    ...(step.problem === null ? [] : [`      ✗ ${step.problem}`]),
  ].join("\n")
}

export const replayCommand = (): Command =>
  new Command("replay")
    .description("replay one person's history event by event")
    .argument("<id>", "citizen ID number or person key")
    .option("--known-at <time>", "only what the ledger knew then, e.g. 2026-11-02T12:00:00+08:00")
    .option("--json", "print JSON")
    .action(async (id: string, options: { knownAt?: string; json?: boolean }, command: Command) => {
      const client = connect(command)
      const person = await personOf(client, id)
      const query = options.knownAt === undefined ? "" : `?knownAt=${encodeURIComponent(options.knownAt)}`
      const { steps } = await client.get<{ steps: readonly Step[] }>(
        "auditor",
        `/audit/persons/${person}/replay${query}`,
        "audit",
      )
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(steps, null, 2)}\n`
          : `${steps.map(drawStep).join("\n")}\n${steps.length} events\n`,
      )
    })
