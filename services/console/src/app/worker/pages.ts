/** The worker's pages: phone first, one question each. */
import type { Page } from "../pages.js"

export const workerPages: readonly Page[] = [
  {
    path: "/me",
    menu: { zh: "我的社保", en: "My insurance" },
    kinds: ["person"],
    load: async () => (await import("./me.js")).Me,
  },
  {
    path: "/me/paid",
    menu: { zh: "缴了没有", en: "Was it paid" },
    kinds: ["person"],
    load: async () => (await import("./paid.js")).PaidPage,
  },
  {
    path: "/me/move",
    menu: { zh: "转移", en: "Move" },
    kinds: ["person"],
    load: async () => (await import("./move.js")).MovePage,
  },
  {
    path: "/me/future",
    menu: { zh: "能领多少", en: "My pension" },
    kinds: ["person"],
    load: async () => (await import("./future.js")).FuturePage,
  },
  {
    path: "/me/appeals",
    menu: { zh: "申诉", en: "Appeals" },
    kinds: ["person"],
    load: async () => (await import("./appeals.js")).AppealsPage,
  },
  {
    path: "/me/appeals/:id",
    kinds: ["person"],
    load: async () => (await import("./letter.js")).LetterPage,
  },
]
