/** `tongzhang replay ID`: a person's history, what each fact changed and from which row it came; `--step` plays it key by key. */
import { emitKeypressEvents } from "node:readline"
import { Command } from "commander"
import { connect, personOf } from "./connect.js"

type Words = { readonly zh: string; readonly en: string }
type Step = {
  readonly n: number
  readonly event: {
    readonly type: string
    readonly stream: string
    readonly revision: number
    readonly recordedAt: string
    readonly words: Words
    readonly deed: { readonly who: Words; readonly why: Words; readonly rule: string | null } | null
  }
  readonly changes: readonly { readonly words: Words }[]
  readonly problem: string | null
}

const drawStep = ({ n, event, changes, problem }: Step): string =>
  [
    `${String(n).padStart(4)}  ${event.recordedAt}  ${event.words.zh}`,
    `      ${event.stream.replace(/[0-9a-f]{32}/, "…")} #${event.revision} ${event.type} · ${event.deed?.who.zh ?? "?"}`,
    ...(event.deed === null ? [] : [`      缘由 why: ${event.deed.why.zh} · 依据 rule: ${event.deed.rule ?? "-"}`]),
    ...changes.map((change) => `      → ${change.words.zh}`),
    ...(problem === null ? [] : [`      ✗ ${problem}`]),
  ].join("\n")

const speed_ms = 400
const keysHelp = "→/space 下一步 next · ←/b 上一步 back · p 播放 play · g/G 首尾 first/last · q 退出 quit"

/** Where a key leads from a step; null: leave. */
export const stepAfter = (key: string, at: number, last: number): number | null => {
  switch (key) {
    case "right":
    case "space":
    case "n":
    case "return":
      return Math.min(at + 1, last)
    case "left":
    case "b":
      return Math.max(at - 1, 0)
    case "pageup":
      return Math.max(at - 10, 0)
    case "pagedown":
      return Math.min(at + 10, last)
    case "home":
    case "g":
      return 0
    case "end":
    case "G":
      return last
    case "q":
    case "escape":
      return null
    default:
      return at
  }
}

const play = (steps: readonly Step[]): Promise<void> =>
  new Promise((resolve) => {
    const { stdin, stdout } = process
    const last = steps.length - 1
    let at = 0
    let timer: NodeJS.Timeout | null = null
    const draw = (): void => {
      const step = steps[at]
      const done = Math.round(((at + 1) / steps.length) * 40)
      const bar = `${"━".repeat(done)}${"─".repeat(40 - done)} ${at + 1}/${steps.length}${timer === null ? "" : " ▶"}`
      stdout.write(`\u001b[2J\u001b[H${step === undefined ? "" : drawStep(step)}\n\n${bar}\n${keysHelp}\n`)
    }
    const pause = (): void => {
      if (timer !== null) clearInterval(timer)
      timer = null
    }
    const onKey = (_text: string | undefined, key: { name?: string; ctrl?: boolean; shift?: boolean }): void => {
      const name = key.name === "g" && key.shift === true ? "G" : (key.name ?? "")
      const next = key.ctrl === true && name === "c" ? null : stepAfter(name, at, last)
      const playing = timer !== null
      pause()
      if (next === null) {
        stdin.setRawMode(false).pause().off("keypress", onKey)
        return resolve()
      }
      if (name === "p" && !playing)
        timer = setInterval(() => {
          if (at === last) pause()
          else at++
          draw()
        }, speed_ms)
      at = next
      draw()
    }
    emitKeypressEvents(stdin)
    stdin.setRawMode(true).resume().on("keypress", onKey)
    draw()
  })

type Options = {
  readonly knownAt?: string
  readonly validAt?: string
  readonly from?: string
  readonly to?: string
  readonly step?: boolean
  readonly json?: boolean
}

export const replayCommand = (): Command =>
  new Command("replay")
    .description("replay one person's history event by event: who, when, why, which rule, what it changed")
    .argument("<id>", "citizen ID number or person key")
    .option("--known-at <time>", "only what the ledger knew then, e.g. 2026-11-02T12:00:00+08:00")
    .option("--valid-at <month>", "only facts that hold in this month, e.g. 2023-05")
    .option("--from <n>", "first step shown")
    .option("--to <n>", "last step shown")
    .option("--step", "play, step and scrub with the keys; a plain list where there is no terminal")
    .option("--json", "print JSON")
    .action(async (id: string, options: Options, command: Command) => {
      const client = connect(command)
      const person = await personOf(client, id)
      const query = new URLSearchParams()
      for (const name of ["knownAt", "validAt", "from", "to"] as const) {
        const value = options[name]
        if (value !== undefined) query.set(name, value)
      }
      const path = `/audit/persons/${person}/replay?${query.toString()}`
      const { steps } = await client.get<{ steps: readonly Step[] }>("auditor", path, "audit")
      if (options.json === true) return void process.stdout.write(`${JSON.stringify(steps, null, 2)}\n`)
      if (options.step === true && process.stdin.isTTY && process.stdout.isTTY && steps.length > 0) return play(steps)
      process.stdout.write(`${steps.map(drawStep).join("\n")}\n${steps.length} events\n`)
    })
