/**
 * The setting of a repeatable demo: fixed secrets and a fixed first day, so that one seed gives one record digest on any machine.
 * Only for the synthetic nation: nobody real may ever live behind these secrets.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Monday morning in China, right after the nation's last month. */
const firstDay = Date.parse("2026-11-02T09:00:00+08:00")

export const layDemoSetting = (dataDir: string, now: number): void => {
  if (existsSync(join(dataDir, "secrets.json"))) return
  mkdirSync(dataDir, { recursive: true })
  const secrets = {
    identity: "tongzhang-demo-identity-secret-0000000000",
    master: "tongzhang-demo-master-secret-000000000000",
    token: "tongzhang-demo-token-secret-0000000000000",
  }
  writeFileSync(join(dataDir, "secrets.json"), JSON.stringify(secrets, null, 2), { mode: 0o600 })
  writeFileSync(join(dataDir, "clock.json"), JSON.stringify({ offset_ms: firstDay - now }))
}
