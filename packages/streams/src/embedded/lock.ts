import { closeSync, openSync, readFileSync, renameSync, rmSync, unlinkSync, writeSync } from "node:fs"
import { join } from "node:path"

/**
 * One process per folder: LMDB itself would let a second one in, and both would hand out the same offsets. The lock file holds
 * the owner's process id and its start time, because ids are used again (in a container nearly at once).
 *
 * @throws when a living process holds the folder
 * @returns the function that gives the folder back
 */
export const lockFolder = (folder: string): (() => void) => {
  const file = join(folder, "owner.lock")
  const own = `${process.pid} ${startOf(process.pid)}\n`
  for (let attempt = 0; attempt < 3; attempt++) {
    if (held.has(file)) throw new Error(`${folder} is open already in this process`)
    if (create(file, own)) {
      held.add(file)
      return () => {
        held.delete(file)
        if (read(file) === own) unlinkSync(file)
      }
    }
    const other = read(file)
    // Our own id and start time: another thread of this process.
    if (other === own && !own.includes("?")) throw new Error(`${folder} is open already in this process`)
    if (other !== undefined && other !== own && isAlive(other))
      throw new Error(`${folder} is in use by process ${other.split(" ")[0]} (lock file ${file})`)
    if (other !== undefined) discard(file, other)
  }
  throw new Error(`${folder} is being opened by another process (lock file ${file})`)
}

const held = new Set<string>()

const create = (file: string, content: string): boolean => {
  try {
    const descriptor = openSync(file, "wx")
    writeSync(descriptor, content)
    closeSync(descriptor)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false
    throw cause
  }
}

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return undefined
  }
}

/** Moves a stale lock aside first: of two processes that find it, only one moves it, and it looks again at what it moved. */
const discard = (file: string, stale: string): void => {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (read(aside) === stale) rmSync(aside)
  else renameSync(aside, file)
}

const isAlive = (owner: string): boolean => {
  const [pid, start] = owner.trim().split(" ")
  const id = Number(pid)
  if (!Number.isInteger(id) || id <= 0) return false
  try {
    process.kill(id, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return false
  }
  return start === "?" || startOf(id) === "?" || startOf(id) === start
}

/** Start time in clock ticks since boot (field 22 of /proc/PID/stat), `?` where the system has no such file. */
const startOf = (pid: number): string => read(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ")[19] ?? "?"
