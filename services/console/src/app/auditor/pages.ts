/** The auditor's pages. */
import type { Page } from "../pages.js"

export const auditorPages: readonly Page[] = [
  {
    path: "/audit/persons/:key",
    kinds: ["auditor"],
    load: async () => (await import("./replay/page.js")).ReplayPage,
  },
  {
    path: "/audit/proof",
    menu: { zh: "证明", en: "Proof" },
    kinds: ["auditor"],
    load: async () => (await import("./proof/page.js")).ProofPage,
  },
  {
    path: "/audit/books",
    menu: { zh: "试算平衡", en: "Trial balance" },
    kinds: ["auditor"],
    load: async () => (await import("./books/page.js")).BooksPage,
  },
  {
    path: "/audit/samples",
    menu: { zh: "抽样", en: "Sampling" },
    kinds: ["auditor"],
    load: async () => (await import("./samples/page.js")).SamplesPage,
  },
  {
    path: "/audit/bundles",
    menu: { zh: "证据包", en: "Bundles" },
    kinds: ["auditor"],
    load: async () => (await import("./bundles/page.js")).BundlesPage,
  },
  {
    path: "/audit/reads",
    menu: { zh: "查阅审查", en: "Access review" },
    kinds: ["auditor"],
    load: async () => (await import("./reads/page.js")).ReadsPage,
  },
  {
    path: "/audit/papers",
    menu: { zh: "底稿", en: "Workpapers" },
    kinds: ["auditor"],
    load: async () => (await import("./papers/list-page.js")).PapersPage,
  },
  {
    path: "/audit/papers/:engagement",
    kinds: ["auditor"],
    load: async () => (await import("./papers/paper-page.js")).PaperPage,
  },
]
