/** The worker's pages. */
import type { Page } from "../pages.js"

export const workerPages: readonly Page[] = [
  {
    path: "/me",
    menu: { zh: "我的社保", en: "My insurance" },
    kinds: ["person"],
    load: async () => (await import("./me.js")).Me,
  },
]
