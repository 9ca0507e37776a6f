/** One part of `npm run bench:engines`, started by main.ts. */
import { fill } from "../fill.ts"
import { servePart } from "../run-part.ts"
import { fullSizes } from "../setting.ts"
import { eventstoredb } from "./eventstoredb.ts"
import { kafka } from "./kafka.ts"
import { postgres } from "./postgres.ts"
import type { EnginePart, EnginePartInput, EngineResult } from "./setting.ts"

/** The ledger that is relayed and projected, taken in through the real door. */
const ledger: EnginePart = async ({ sizes, dir, say }) => {
  const figures = await fill({ sizes: { ...fullSizes, persons: sizes.persons }, dir, say })
  return { engine: "embedded event store", figures }
}

await servePart<Omit<EnginePartInput, "say">, EngineResult>({ ledger, eventstoredb, kafka, postgres })
