/** The auditor's pages. */
import type { Page } from "../pages.js"

export const auditorPages: readonly Page[] = [
  {
    path: "/audit/persons/:key",
    kinds: ["auditor"],
    load: async () => (await import("./replay/page.js")).ReplayPage,
  },
]
