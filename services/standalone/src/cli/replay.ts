/** `tongzhang replay ID`: a person's history, what each fact changed and from which row it came; `--step` plays it key by key. */
import { emitKeypressEvents } from "node:readline"
import { Command, Option } from "commander"
import { connect, personOf } from "./connect.js"
import { drawStep, keysHelp, type Language, promptHelp, type Step, stepAfter, stepFor } from "./replay-steps.js"

const speed_ms = 400
const bar_width = 40

type Key = { readonly name?: string; readonly ctrl?: boolean; readonly shift?: boolean }

/** The screen and its keys until somebody leaves. */
const play = (steps: readonly Step[], lang: Language): Promise<void> =>
  new Promise((resolve) => {
    const { stdin, stdout } = process
    const last = steps.length - 1
    let at = 0
    let timer: NodeJS.Timeout | null = null
    // What is being typed after `:`; null: keys are keys.
    let typed: string | null = null
    const draw = (): void => {
      const step = steps[at]
      const done = Math.round(((at + 1) / steps.length) * bar_width)
      const bar = `${"━".repeat(done)}${"─".repeat(bar_width - done)} ${at + 1}/${steps.length}${timer === null ? "" : " ▶"}`
      const below = typed === null ? keysHelp[lang] : `${promptHelp[lang]}\n: ${typed}`
      stdout.write(`\u001b[2J\u001b[H${step === undefined ? "" : drawStep(step, lang)}\n\n${bar}\n${below}\n`)
    }
    const pause = (): void => {
      if (timer !== null) clearInterval(timer)
      timer = null
    }
    const start = (): void => {
      timer = setInterval(() => {
        if (at === last) pause()
        else at++
        draw()
      }, speed_ms)
    }
    const leave = (): void => {
      pause()
      stdin.setRawMode(false).pause().off("keypress", onKey)
      resolve()
    }
    const onTyping = (soFar: string, text: string | undefined, name: string): void => {
      if (name === "return" || name === "enter") {
        at = stepFor(soFar, steps) ?? at
        typed = null
      } else if (name === "escape") typed = null
      else if (name === "backspace") typed = soFar.slice(0, -1)
      else if (text !== undefined && /^[\w.:-]$/u.test(text)) typed = soFar + text
      draw()
    }
    const onKey = (text: string | undefined, key: Key): void => {
      if (key.ctrl === true && key.name === "c") return leave()
      if (typed !== null) return onTyping(typed, text, key.name ?? "")
      const name = key.name === "g" && key.shift === true ? "G" : (key.name ?? "")
      const playing = timer !== null
      pause()
      const next = stepAfter(name, at, last)
      if (next === null) return leave()
      at = next
      if (text === ":" || text === "/") typed = ""
      if (name === "p" && !playing) start()
      draw()
    }
    emitKeypressEvents(stdin)
    stdin.setRawMode(true).resume().on("keypress", onKey)
    draw()
  })

type Options = {
  readonly lang: Language
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
    .addOption(new Option("--lang <language>", "language of the words").choices(["zh", "en"]).default("zh"))
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
      if (options.step === true && steps.length > 0) {
        if (process.stdin.isTTY && process.stdout.isTTY) return play(steps, options.lang)
        process.stderr.write("没有终端，逐条列出 no terminal here: the steps are listed instead of played\n")
      }
      process.stdout.write(`${steps.map((step) => drawStep(step, options.lang)).join("\n")}\n${steps.length} events\n`)
    })
