/** The consumer-state port's contract on a real PostgreSQL: each case under a consumer of its own. */
import { randomUUID } from "node:crypto"
import { consumerStateContract } from "@tongzhang/streams/contract-consumer-state"
import { openPostgresConsumerState } from "@tongzhang/streams/postgres/consumer-state"
import { against, postgres } from "./engines.js"

against("consumer state on PostgreSQL", await postgres(), (connectionString) => {
  consumerStateContract("PostgreSQL", {
    open: async () => {
      const state = await openPostgresConsumerState({ connectionString, consumer: `contract-${randomUUID()}` })
      return { state, cleanup: () => state.close() }
    },
  })
})
