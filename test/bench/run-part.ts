/** Parts of a benchmark, each in a process of its own, so that none finds the heap of another. */
import { fork } from "node:child_process"

type Message<Result> = { readonly say?: string; readonly result?: Result }

/**
 * Starts `module` (which calls `servePart`) for one part; what it says goes to standard error.
 * @param input must survive JSON
 */
export const runPart = <Result>(module: URL, name: string, input: object): Promise<Result> =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    const say = (text: string): void => void process.stderr.write(`  ${name.padEnd(11)} ${text}\n`)
    let result: Result | undefined
    const child = fork(module, [name, JSON.stringify(input)], { execArgv: [...process.execArgv, "--expose-gc"] })
    child.on("message", (message: Message<Result>) => {
      if (message.say !== undefined) say(message.say)
      if (message.result !== undefined) result = message.result
    })
    child.on("error", reject)
    child.on("exit", (code, signal) => {
      if (code !== 0 || result === undefined)
        return reject(new Error(`${name} ended with ${code ?? signal} and without a result`))
      say(`done in ${((performance.now() - start) / 1_000).toFixed(1)} s`)
      resolve(result)
    })
  })

type Say = (text: string) => void

/** In the child: does the part that the command line names, and tells the parent. */
export const servePart = async <Input extends object, Result>(
  parts: Readonly<Record<string, (input: Input & { readonly say: Say }) => Promise<Result>>>,
): Promise<void> => {
  const [name = "", input = "{}"] = process.argv.slice(2)
  const part = parts[name]
  if (part === undefined) throw new Error(`no part ${name}`)
  const send = (message: Message<Result>): void => void process.send?.(message)
  const result = await part({ ...(JSON.parse(input) as Input), say: (text) => send({ say: text }) })
  send({ result })
  process.disconnect?.()
}
