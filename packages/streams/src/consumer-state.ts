/**
 * Small durable state that a consumer keeps for itself, by key: what it has seen of a person, where it stands in the ledger.
 * Kept out of the ledger it follows (a checkpoint written there would feed back into the reader, engineering.md A2 Propulsion).
 */
export type ConsumerState = {
  /** Missing keys are absent from the answer. */
  readonly getMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** All or none; durable when it resolves. */
  readonly putMany: (entries: readonly (readonly [key: string, value: string])[]) => Promise<void>
  /**
   * Puts `value` if the key holds exactly `expected` (null: if it holds nothing), in one step; false and nothing written
   * otherwise. Durable when it resolves to true. When it throws, it may have been written: read before trying again.
   */
  readonly compareAndPut: (key: string, expected: string | null, value: string) => Promise<boolean>
  readonly close: () => Promise<void>
}
