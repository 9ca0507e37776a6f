import { mkdtempSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { consumerStateContract } from "../contract-consumer-state.js"
import { openConsumerState } from "./consumer-state.js"

consumerStateContract("embedded (LMDB)", {
  open: async () => {
    const path = mkdtempSync(join(tmpdir(), "tongzhang-state-"))
    const state = openConsumerState({ path })
    return {
      state,
      cleanup: async () => {
        await state.close()
        await rm(path, { recursive: true })
      },
    }
  },
})
