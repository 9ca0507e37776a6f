import { describe, expect, it } from "vitest"
import type { ConsumerState } from "./consumer-state.js"

export type StateEngine = {
  readonly open: () => Promise<{ readonly state: ConsumerState; readonly cleanup: () => Promise<void> }>
}

/** What every keeper of consumer state must do. */
export const consumerStateContract = (name: string, engine: StateEngine): void => {
  const inState = (run: (state: ConsumerState) => Promise<void>) => async (): Promise<void> => {
    const { state, cleanup } = await engine.open()
    try {
      await run(state)
    } finally {
      await cleanup()
    }
  }
  const valueOf = async (state: ConsumerState, key: string): Promise<string | undefined> => (await state.getMany([key])).get(key)

  describe(`consumer state contract: ${name}`, () => {
    it(
      "gives back what was put, and nothing for what was not",
      inState(async (state) => {
        await state.putMany([
          ["甲", "1"],
          ["乙", "2"],
        ])
        expect(await state.getMany(["甲", "乙", "丙"])).toEqual(
          new Map([
            ["甲", "1"],
            ["乙", "2"],
          ]),
        )
        expect(await state.getMany([])).toEqual(new Map())
      }),
    )
    it(
      "keeps the last word on a key, also within one call",
      inState(async (state) => {
        await state.putMany([
          ["k", "old"],
          ["k", "new"],
        ])
        expect(await valueOf(state, "k")).toBe("new")
        await state.putMany([])
        await state.putMany([["k", "newer"]])
        expect(await valueOf(state, "k")).toBe("newer")
      }),
    )
    it(
      "compares before it puts: the first word, the next, and no other",
      inState(async (state) => {
        expect(await state.compareAndPut("k", "1", "2")).toBe(false)
        expect(await valueOf(state, "k")).toBeUndefined()
        expect(await state.compareAndPut("k", null, "1")).toBe(true)
        expect(await state.compareAndPut("k", null, "9")).toBe(false)
        expect(await state.compareAndPut("k", "0", "9")).toBe(false)
        expect(await valueOf(state, "k")).toBe("1")
        expect(await state.compareAndPut("k", "1", "2")).toBe(true)
        expect(await valueOf(state, "k")).toBe("2")
      }),
    )
    it(
      "sees what was put in the same turn",
      inState(async (state) => {
        await state.putMany([["k", "1"]])
        expect(await state.compareAndPut("k", "1", "2")).toBe(true)
        expect(await valueOf(state, "k")).toBe("2")
        await state.putMany([["k", "3"]])
        expect(await state.compareAndPut("k", "2", "4")).toBe(false)
      }),
    )
    it(
      "lets one of many win that compare at the same time",
      inState(async (state) => {
        for (const [expected, round] of [
          [null, "first"],
          ["x", "next"],
        ] as const) {
          if (expected !== null) await state.putMany([["k", expected]])
          const won = await Promise.all(Array.from({ length: 20 }, (_, n) => state.compareAndPut("k", expected, `${round} ${n}`)))
          expect(won.filter(Boolean)).toHaveLength(1)
          expect(await valueOf(state, "k")).toBe(`${round} ${won.indexOf(true)}`)
        }
      }),
    )
  })
}
