/**
 * One process per folder: revisions are checked in memory by the single writer, so a second writer would fork history. Node has
 * no advisory file locks, hence a file with the owner's process id and start time (ids are reused, most of all in containers).
 */
import { readFileSync, unlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const heldHere = new Set<string>()

/** Kernel start time of a process, null where there is no /proc or no such process. */
const startTimeOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The command name stands in brackets and may hold spaces; the 20th field after it is the start time.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null
  } catch {
    return null
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

const ownerOf = (file: string): { pid: number; startTime: string } | null => {
  try {
    const [pid, startTime] = readFileSync(file, "utf8").trim().split(" ")
    return { pid: Number(pid), startTime: startTime ?? "" }
  } catch {
    return null
  }
}

const isHeld = (file: string): { readonly pid: number } | null => {
  const owner = ownerOf(file)
  if (owner === null || !Number.isInteger(owner.pid) || owner.pid <= 0) return null
  if (owner.pid === process.pid) return heldHere.has(file) ? owner : null
  if (!isAlive(owner.pid)) return null
  const startTime = startTimeOf(owner.pid)
  return startTime === null || owner.startTime === "" || startTime === owner.startTime ? owner : null
}

/** Throws when a living process holds the folder; the lock of a dead one is taken over. Returns the release. */
export const lockFolder = (folder: string): (() => void) => {
  const file = join(folder, "owner.lock")
  const content = `${process.pid} ${startTimeOf(process.pid) ?? ""}\n`
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, content, { flag: "wx" })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt >= 3) throw error
      const owner = isHeld(file)
      if (owner !== null) {
        throw new Error(`the event store in ${folder} is already open in process ${owner.pid} (${file})`, { cause: error })
      }
      unlinkSync(file)
    }
  }
  heldHere.add(file)
  return () => {
    heldHere.delete(file)
    unlinkSync(file)
  }
}
