import { defineConfig } from "vitest/config"

const resolve = { conditions: ["source", "node", "import", "module", "default"] }

// A project of its own, outside `npm test`: these tests drive a real browser, which a laptop may not have.
export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    name: "e2e-console",
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/e2e-console/**/*.browser.ts"],
    globalSetup: ["test/e2e-console/seed.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
})
