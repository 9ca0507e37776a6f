import { defineConfig } from "vitest/config"
import engines from "../engines/vitest.config.js"

// The suites of `npm run test:engines`, on containers that are started for them. Left there are those that hurt brokers on
// purpose (only brokers of `npm run kafka:up`), the runbook (pg_dump of the private server) and the one that needs no engine.
export default defineConfig({
  ...engines,
  test: {
    ...engines.test,
    name: "containers",
    exclude: ["kafka-faults", "fault-table*", "operations", "settings"].map((name) => `test/engines/${name}.engine.ts`),
    globalSetup: ["test/containers/setup.ts"],
  },
})
