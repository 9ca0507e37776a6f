/** The operator's page. */
import type { Page } from "../pages.js"

export const operatorPages: readonly Page[] = [
  {
    path: "/operation",
    menu: { zh: "运行", en: "Operation" },
    kinds: ["center", "auditor"],
    load: async () => (await import("./operation.js")).Operation,
  },
]
