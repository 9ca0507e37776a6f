import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { streamsContract } from "../contract.js"
import { openEmbeddedStreams } from "./streams.js"

streamsContract("embedded (LMDB)", {
  open: async () => {
    const path = await mkdtemp(join(tmpdir(), "tongzhang-streams-"))
    let streams = await openEmbeddedStreams({ path })
    return {
      streams,
      reopen: async () => {
        await streams.close()
        streams = await openEmbeddedStreams({ path })
        return streams
      },
      cleanup: async () => {
        await streams.close()
        await rm(path, { recursive: true, force: true })
      },
    }
  },
})
