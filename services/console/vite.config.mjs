import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

/** Compressed once here, so that no server has to do it per answer. */
const compressed = {
  name: "compressed",
  apply: "build",
  writeBundle({ dir }) {
    const assets = join(dir, "assets")
    for (const name of readdirSync(assets).filter((file) => /\.(js|css)$/.test(file))) {
      const bytes = readFileSync(join(assets, name))
      writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
    }
  },
}

/** The proof package's verifiers take hashes and signatures from node; in a browser from the same files as its offline page. */
const proofInBrowser = {
  name: "proof-in-browser",
  enforce: "pre",
  resolveId(source, importer) {
    const inside = /packages\/proof\/(dist|src)\//.test(importer?.replaceAll("\\", "/") ?? "")
    const [, name] = (inside ? /^\.\/(sha256|ed25519)\.js$/ : /^@tongzhang\/proof\/(sha256|ed25519)$/).exec(source) ?? []
    if (name === undefined) return null
    return fileURLToPath(new URL(`../../packages/proof/page/${name}.mjs`, import.meta.url))
  },
}

export default defineConfig({
  base: "/console/",
  plugins: [proofInBrowser, react(), compressed],
  build: {
    outDir: "dist/web",
    target: "es2022",
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
  },
})
