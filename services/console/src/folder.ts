/** Where the built console lies: what a server mounts at `/console` (service-kit's `mountFiles`). */
import { fileURLToPath } from "node:url"

/** Holds `index.html` once the workspace is built; the same from the sources and from `dist`. */
export const consoleFolder = fileURLToPath(new URL("../dist/web", import.meta.url))
