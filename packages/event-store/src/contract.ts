/**
 * The contract of the event-store port as runnable cases. An adapter's test file calls `eventStoreContract` and nothing else
 * decides whether it is an adapter. Beyond the port's text it fixes: an append of nothing answers `already_there` with the
 * stream's head (revision -1 and any position for a stream without events), or `conflict` when it expects more than there is;
 * a subscription hands over no empty batch, yet its `state().position` moves past what its prefixes leave out; ids read back in
 * lower case.
 */
import { describe } from "vitest"
import { appendCases } from "./contract/append.js"
import { concurrencyCases } from "./contract/concurrency.js"
import { durabilityCases } from "./contract/durability.js"
import { modelCases } from "./contract/model.js"
import { readAllCases } from "./contract/read-all.js"
import { readStreamCases } from "./contract/read-stream.js"
import { retryCases } from "./contract/retry.js"
import { subscriptionEndCases } from "./contract/subscription-end.js"
import { subscriptionCases } from "./contract/subscription.js"
import type { StoreUnderTest } from "./contract/support.js"

/** Declares the cases with vitest. `subject.open` gives a new store per case. */
export const eventStoreContract = (name: string, subject: StoreUnderTest): void => {
  describe(`event-store contract: ${name}`, () => {
    appendCases(subject)
    retryCases(subject)
    concurrencyCases(subject)
    readStreamCases(subject)
    readAllCases(subject)
    subscriptionCases(subject)
    subscriptionEndCases(subject)
    durabilityCases(subject)
    modelCases(subject)
  })
}
