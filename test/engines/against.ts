/** How a suite says that it did not run. */
import { describe, it } from "vitest"
import type { Engine } from "./engines-up.js"

/** Runs the suite against the engine, or leaves one skipped test that says why not. */
export const against = <Where>(name: string, engine: Engine<Where>, suite: (where: Where) => void): void => {
  if (engine.up) return suite(engine.where)
  process.stderr.write(`\n${name}: NOT RUN. ${engine.why}\n`)
  describe(name, () => {
    it(`not run: ${engine.why}`, (context) => context.skip())
  })
}
