// Ends broker processes, and only those: a process id may belong to somebody else by now.
import { execFileSync } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"

/** Whether the process is still this node: its command line names the node's folder. */
export const isBroker = ({ pid, folder }) => {
  try {
    return execFileSync("ps", ["-ww", "-o", "stat=,command=", "-p", String(pid)], { encoding: "utf8" })
      .split("\n")
      .some((line) => line.includes(folder) && !line.trim().startsWith("Z"))
  } catch {
    return false
  }
}

const signal = (pid, name) => {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already.
  }
}

/** In good order first (SIGTERM, leaders move away), then not. */
export const stopNodes = async (nodes, patience_ms = 20_000) => {
  const mine = nodes.filter(isBroker)
  for (const { pid } of mine) signal(pid, "SIGTERM")
  const deadline = Date.now() + patience_ms
  while (mine.some(isBroker) && Date.now() < deadline) await sleep(200)
  for (const node of mine.filter(isBroker)) signal(node.pid, "SIGKILL")
  while (mine.some(isBroker)) await sleep(50)
}
