// Hurts the server that `postgres:up` started, on purpose: `node infra/postgres/fault.mjs fast|immediate|stop|start`.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { run } from "./programs.mjs"
import { upFile } from "./settings.mjs"

const control = (what, ...args) => {
  const { programs, cluster, identity } = JSON.parse(readFileSync(upFile, "utf8"))
  run(join(programs, "pg_ctl"), [what, "-D", cluster, "-w", ...args], identity)
}

/** `fast` throws everybody out and ends in order; `immediate` is a crash: the next start recovers from the log. */
export const stop = (mode) => control("stop", "-m", mode)
/** Resolves when it takes connections again. */
export const start = () => {
  const { log, settings } = JSON.parse(readFileSync(upFile, "utf8"))
  control("start", "-t", "60", "-l", log, "-o", settings)
}

const acts = {
  fast: () => {
    stop("fast")
    start()
  },
  immediate: () => {
    stop("immediate")
    start()
  },
  stop: () => stop("fast"),
  start,
}
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const act = acts[process.argv[2]]
  if (!act) throw new Error("say fast, immediate, stop or start")
  act()
}
