/** `npm run demo -- --json`: one document on stdout for a script to read, and the same seed gives the same record. */
import { spawnSync } from "node:child_process"
import { beforeAll, describe, expect, it } from "vitest"
import { root, tongzhangPath } from "./support.ts"

const demo = (): Record<string, unknown> => {
  const ran = spawnSync(process.execPath, [tongzhangPath, "demo", "--persons", "200", "--json"], { cwd: root, encoding: "utf8" })
  expect(ran.status, ran.stderr).toBe(0)
  return JSON.parse(ran.stdout) as Record<string, unknown>
}

describe("tongzhang demo --json", () => {
  let one: Record<string, unknown>
  beforeAll(() => {
    one = demo()
  }, 240_000)

  it("says what a nation's files came to", () => {
    expect(one).toMatchObject({
      persons: 204,
      transfersCompleted: 2,
      falseAlarms: 0,
      conserved: true,
      secondBenefitHeld: true,
      personActsPerTransfer: 1,
      failures: [],
    })
    for (const name of ["events", "feeds", "rowsAccepted", "rowsRefused", "overlapsDetected", "seconds"])
      expect(one[name], name).toBeGreaterThan(0)
    expect(one["overlapsDetected"]).toBe(one["overlapsExpected"])
    expect(one["rowsRefused"]).toBe(one["rowsRefusedExpected"])
    expect(one["recordDigest"]).toMatch(/^[0-9a-f]{64}$/)
    expect(one["rebuiltDigest"]).toBe(one["recordDigest"])
  })

  it("gives the same record for the same seed", () => {
    expect(demo()["recordDigest"]).toBe(one["recordDigest"])
  })
})
