import { defineConfig } from "vitest/config"

// Not "import": vitest hands these to Node for require() too, and `pg` would get an ES module where it asks for CommonJS.
const resolve = { conditions: ["source", "node"] }

// A project of its own, outside `npm test`: these tests need engines that a laptop may not have.
export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    name: "engines",
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/engines/**/*.engine.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
