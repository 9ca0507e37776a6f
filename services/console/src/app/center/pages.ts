/** The center's boards. */
import type { Page } from "../pages.js"

export const centerPages: readonly Page[] = [
  {
    path: "/transfers",
    menu: { zh: "转移看板", en: "Transfers" },
    kinds: ["center", "auditor"],
    load: async () => (await import("./transfers.js")).TransfersBoard,
  },
  {
    path: "/duplicates-monitor",
    menu: { zh: "重复监测", en: "Duplicates" },
    kinds: ["center", "auditor"],
    load: async () => (await import("./duplicates.js")).DuplicatesMonitor,
  },
  {
    path: "/coverage",
    menu: { zh: "覆盖", en: "Coverage" },
    kinds: ["center", "agency", "auditor"],
    load: async () => (await import("./coverage.js")).CoveragePage,
  },
]
