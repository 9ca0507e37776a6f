/** Audit as a process. Who read what goes into the same access log that national shows. */
import { join } from "node:path"
import { openAccessLog } from "@tongzhang/engines/access-log"
import { openEvents, openKeys, openRecordStore } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { fileTiles } from "@tongzhang/proof/files"
import { parseVkey } from "@tongzhang/proof/note"
import { openCosigner } from "@tongzhang/proof/signer"
import { createWitness } from "@tongzhang/proof/witness"
import type { z } from "zod"
import { createAuditService } from "./audit.js"
import { createProofKeeper, type ProofKeeper } from "./proof/keeper.js"
import { settings } from "./settings.js"

type Config = z.infer<typeof settings>

/** Both or neither: a folder without a key would publish nothing, and nobody would notice. */
const proofOf = (
  { PROOF_DIR, PROOF_KEY }: Config,
  make: (folder: string, key: string) => ProofKeeper,
): ProofKeeper | undefined => {
  if ((PROOF_DIR === undefined) !== (PROOF_KEY === undefined)) throw new Error("set both PROOF_DIR and PROOF_KEY, or neither")
  return PROOF_DIR === undefined || PROOF_KEY === undefined ? undefined : make(PROOF_DIR, PROOF_KEY)
}

const witnessOf = ({ PROOF_DIR, WITNESS_KEY, WITNESS_LOGS }: Config, now: () => number) => {
  if (WITNESS_KEY === undefined) return undefined
  if (PROOF_DIR === undefined) throw new Error("a witness keeps what it has signed in PROOF_DIR: set it")
  const logs = WITNESS_LOGS.map(parseVkey)
  const state = fileTiles(join(PROOF_DIR, "witness"))
  return {
    witness: createWitness({ signer: openCosigner(WITNESS_KEY), logs, state, now }),
    origins: logs.map(({ name }) => name),
  }
}

await runService({
  name: "audit",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const keys = await openKeys(host)
    const record = await openRecordStore(host)
    const { append: logAccess } = openAccessLog(store)
    const proof = proofOf(host.config, (folder, signingKey) => createProofKeeper({ ...host, store, folder, signingKey }))
    const audit = createAuditService({
      ...host,
      store,
      keys,
      record,
      logAccess,
      proof,
      reportKey: host.config.REPORT_KEY,
      witness: witnessOf(host.config, host.clock.now),
    })
    host.atStop("audit", audit.close)
    if (proof !== undefined) host.atStop("proof", proof.stop)
    return {
      start: () => proof?.start(),
      checks: audit.checks,
      door: { title: "Audit", description: "Replay a history, verify the whole", plugin: audit.plugin },
    }
  },
})
