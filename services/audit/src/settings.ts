/** What audit's process reads from its environment. */
import {
  callerSettings,
  eventStoreSettings,
  keySettings,
  processSettings,
  recordSettings,
  withCallers,
} from "@tongzhang/engines/settings"
import { z } from "zod"

/** The proof log is kept by one process: the one that is given its folder and its key. */
const proofSettings = {
  PROOF_DIR: z.string().min(1).optional().meta({ example: "/var/lib/tongzhang/proof" }),
  /** `tongzhang proof key NAME` makes one; the name is the log's origin. */
  PROOF_KEY: z.string().startsWith("PRIVATE+KEY+").optional().meta({ example: "PRIVATE+KEY+ledger.example/tongzhang+…" }),
  /** Signs audit reports; not the log's key. Without it there are drafts only. */
  REPORT_KEY: z.string().startsWith("PRIVATE+KEY+").optional().meta({ example: "PRIVATE+KEY+ledger.example/audit+…" }),
  /** With these two it signs other ledgers' checkpoints, too. */
  WITNESS_KEY: z.string().startsWith("PRIVATE+KEY+").optional().meta({ example: "PRIVATE+KEY+witness.example/44+…" }),
  WITNESS_LOGS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((key) => (key.trim() === "" ? [] : [key.trim()])))
    .meta({ example: "ledger.example/tongzhang+0a1b2c3d+AQID…" }),
}

export const settings = withCallers(
  z.object({
    ...processSettings(7_407),
    ...eventStoreSettings,
    ...recordSettings,
    ...keySettings,
    ...callerSettings,
    ...proofSettings,
  }),
)
