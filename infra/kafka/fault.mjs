// Hurts a node that `kafka:up` started, on purpose: `node infra/kafka/fault.mjs kill|pause|resume|restart [node]`.
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { startNode, withoutChild } from "./node.mjs"
import { upFile } from "./settings.mjs"
import { isBroker } from "./stop.mjs"

const read = () => JSON.parse(readFileSync(upFile, "utf8"))
const nodeIn = (note, id) => {
  const node = note.nodes.find((one) => one.id === id)
  if (!node) throw new Error(`no node ${id} was started`)
  return node
}
const signal = (id, name) => {
  const node = nodeIn(read(), id)
  if (!isBroker(node)) throw new Error(`node ${id} does not run`)
  process.kill(node.pid, name)
}

/** kill -9: what was not on the disk of this node is gone. */
export const kill = (id) => signal(id, "SIGKILL")
/** The process stands still and keeps its connections: the fault clients notice last. */
export const pause = (id) => signal(id, "SIGSTOP")
export const resume = (id) => signal(id, "SIGCONT")

/** Starts a killed node again on its data; does not wait until it answers. */
export const restart = (id) => {
  const note = read()
  const known = nodeIn(note, id)
  if (isBroker(known)) throw new Error(`node ${id} runs still`)
  const all = note.nodes.map(({ id, port, folder }) => ({ id, port, folder, nodes: note.nodes.length }))
  const started = startNode(
    all.find((one) => one.id === id),
    all,
    note.start,
  )
  writeFileSync(
    upFile,
    `${JSON.stringify({ ...note, nodes: note.nodes.map((one) => (one.id === id ? withoutChild(started) : one)) }, null, 2)}\n`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , what, id = "1"] = process.argv
  const act = { kill, pause, resume, restart }[what]
  if (!act) throw new Error("say kill, pause, resume or restart")
  act(Number(id))
}
