// Debian's PostgreSQL, where it is missing and may be installed; no server of the package's own is made or started.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

const install_ms = 4 * 60_000
const ownCluster = "/etc/postgresql-common/createcluster.conf"

const apt = (...args) =>
  spawnSync("apt-get", ["-q", "-y", "-o", "DPkg::Lock::Timeout=60", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: install_ms,
  }).status === 0

/** True when the package is there afterwards. `say` tells why not. */
export const installPostgres = (say) => {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    say("PostgreSQL is missing and cannot be installed here: only root on Debian can")
    return false
  }
  say("PostgreSQL is missing: installing Debian's package …")
  if (!existsSync(ownCluster)) {
    mkdirSync(dirname(ownCluster), { recursive: true })
    writeFileSync(ownCluster, "create_main_cluster = false\n")
  }
  // What an interrupted installation left half done is finished first.
  spawnSync("dpkg", ["--configure", "-a"], { stdio: "ignore", timeout: install_ms })
  const done = apt("update") && apt("install", "--no-install-recommends", "postgresql")
  if (!done) say("Debian's package could not be installed")
  return done
}
