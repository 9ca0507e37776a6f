// PostgreSQL's own programs, and how they are run: the server refuses to run as root.
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

const debian = "/usr/lib/postgresql"

/** The folder of initdb and pg_ctl: the newest package's, or one in PATH; null when there is none. */
export const findPrograms = (named, env) => {
  if (named !== undefined) return existsSync(join(named, "pg_ctl")) ? named : null
  const packaged = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...packaged.map((version) => join(debian, version, "bin")), ...(env.PATH ?? "").split(":")]
  return folders.find((folder) => existsSync(join(folder, "pg_ctl")) && existsSync(join(folder, "initdb"))) ?? null
}

const idOf = (flag, user) =>
  Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim())

/** { uid, gid } of the user to run the server as; {} when this is not root; null when there is no such user. */
export const identityOf = (user) => {
  if (process.getuid?.() !== 0) return {}
  try {
    return { uid: idOf("-u", user), gid: idOf("-g", user) }
  } catch {
    return null
  }
}

export const run = (program, args, identity) => {
  try {
    return execFileSync(program, args, { ...identity, cwd: "/", encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  } catch (failure) {
    throw new Error(`${program} ${args[0]}: ${failure.stderr || failure.stdout || failure.message}`, { cause: failure })
  }
}
