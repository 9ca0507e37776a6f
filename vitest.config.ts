import { defineConfig } from "vitest/config"

// Tests read the packages' TypeScript sources ("source" condition), so a unit test never needs a build.
const resolve = { conditions: ["source", "node", "import", "module", "default"] }
const shared = { resolve, ssr: { resolve } }

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "services/*/src/**/*.test.ts"],
          pool: "threads",
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: "whole",
          include: ["test/**/*.test.ts"],
          pool: "forks",
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
