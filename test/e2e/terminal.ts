/** A command run on a pseudo terminal, its keys pressed one after the other. util-linux' `script` makes the terminal. */
import { spawn, spawnSync } from "node:child_process"

/** Why no pseudo terminal can be had here; null when one can. */
export const noTerminal = (): string | null => {
  const found = spawnSync("script", ["--version"], { encoding: "utf8" })
  return found.status === 0 && found.stdout.includes("util-linux") ? null : "no `script` of util-linux here"
}

export type OnTerminal = {
  /** Everything shown since the last key, control sequences included; resolves once it matches. */
  readonly shows: (what: RegExp) => Promise<string>
  readonly press: (keys: string) => void
  readonly code: Promise<number | null>
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
const patience_ms = 30_000

export const onTerminal = (command: readonly string[], cwd: string): OnTerminal => {
  const child = spawn("script", ["-qec", command.map(quoted).join(" "), "/dev/null"], { cwd, stdio: ["pipe", "pipe", "pipe"] })
  let screen = ""
  let look: () => void = () => {}
  child.stdout.on("data", (bytes: Buffer) => {
    screen += bytes.toString()
    look()
  })
  const code = new Promise<number | null>((resolve) => child.on("close", resolve))
  return {
    code,
    press: (keys) => {
      screen = ""
      child.stdin.write(keys)
    },
    shows: (what) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`the terminal never showed ${String(what)}:\n${screen}`)), patience_ms)
        look = () => {
          if (!what.test(screen)) return
          clearTimeout(late)
          look = () => {}
          resolve(screen)
        }
        look()
      }),
  }
}
