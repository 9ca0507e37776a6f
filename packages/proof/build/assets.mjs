// Makes assets/verify.mjs and assets/receipt.html: one file each, with everything they need inside. `npm run assets`.
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const shared = { absWorkingDir: at("."), bundle: true, write: false, charset: "utf8", legalComments: "inline", logLevel: "error" }
const origin = "Made by packages/proof/build/assets.mjs from packages/proof/src; change it there."

const verifier = async () => {
  const made = await build({
    ...shared,
    entryPoints: [at("src/bundle/verify-main.ts")],
    platform: "node",
    format: "esm",
    target: "node20",
    // Its other entry starts threads, which a checker has no use for.
    alias: { fflate: "fflate/browser" },
    banner: {
      js: `// Checks an audit bundle of Tongzhang: node verify.mjs bundle.zip\n// ${origin}\n// Contains fflate (MIT, Arjun Barrett).`,
    },
  })
  return made.outputFiles[0].text
}

// In a browser the two functions that need node come from elsewhere.
const inBrowser = {
  name: "in-browser",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/(sha256|ed25519)\.js$/ }, ({ path }) => ({
      path: at(`page/${path.split("/").pop().replace(".js", ".mjs")}`),
    }))
  },
}
const page = async () => {
  const made = await build({
    ...shared,
    entryPoints: [at("page/main.mjs")],
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify: true,
    plugins: [inBrowser],
  })
  const script = made.outputFiles[0].text.replaceAll("</script", "<\\/script")
  return readFileSync(at("page/receipt.html"), "utf8")
    .replace("__ORIGIN__", origin)
    .replace("__SCRIPT__", () => script)
}

export const makeAssets = async () => ({ "verify.mjs": await verifier(), "receipt.html": await page() })

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, text] of Object.entries(await makeAssets())) writeFileSync(at(`assets/${name}`), text)
