/** Memory of all person states of the ledger held at once, in a process of its own. */
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { foldAll, foldingInMemory } from "./replay.ts"
import { ledgerDir, memoryNow, type Part } from "./setting.ts"

export const memory: Part = async ({ sizes, dir, say }) => {
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  let folding: ReturnType<typeof foldingInMemory> | null = foldingInMemory(store, sizes.persons * 2)
  const events = await foldAll(store, folding)
  const held = memoryNow()
  // Still needed here, so it was not collected before.
  if (folding.isAside("")) throw new Error("nobody can be set aside")
  // What letting go of the states gives back is what they took: code and caches of the scan stay as they are in between.
  folding = null
  const freed = memoryNow()
  await store.close()
  const factor = 100_000 / sizes.persons
  say(`${events} events, ${(held.heap_mib - freed.heap_mib).toFixed(0)} MiB`)
  return [
    {
      name: "memory.states_heap",
      label: "Person states in memory, per 100,000 persons",
      value: (held.heap_mib - freed.heap_mib) * factor,
      unit: "MiB heap",
      note: `extrapolated from ${sizes.persons} persons (${events} events); resident memory of that process ${held.rss_mib.toFixed(0)} MiB`,
    },
  ]
}
