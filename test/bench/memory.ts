/** Memory of all person states of the ledger held at once, in a process of its own. */
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { foldAll, foldingInMemory } from "./replay.ts"
import { ledgerDir, memoryNow, type Part } from "./setting.ts"

export const memory: Part = async ({ sizes, dir, say }) => {
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  // What code and caches of the scan take is there before the states are: a first fold, thrown away.
  await foldAll(store, foldingInMemory(store, sizes.persons * 2))
  const before = memoryNow()
  const folding = foldingInMemory(store, sizes.persons * 2)
  const events = await foldAll(store, folding)
  const after = memoryNow()
  // Still needed here, so it was not collected before.
  if (folding.isAside("")) throw new Error("nobody can be set aside")
  await store.close()
  const factor = 100_000 / sizes.persons
  say(`${events} events, ${(after.heap_mib - before.heap_mib).toFixed(0)} MiB`)
  return [
    {
      name: "memory.states_heap",
      label: "Person states in memory, per 100,000 persons",
      value: (after.heap_mib - before.heap_mib) * factor,
      unit: "MiB heap",
      note: `extrapolated from ${sizes.persons} persons (${events} events); resident memory of that process ${after.rss_mib.toFixed(0)} MiB`,
    },
  ]
}
