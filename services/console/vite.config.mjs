import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
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

export default defineConfig({
  base: "/console/",
  plugins: [react(), compressed],
  build: {
    outDir: "dist/web",
    target: "es2022",
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
  },
})
