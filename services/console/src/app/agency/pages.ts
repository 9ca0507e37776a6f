/** The agency's pages: files, tasks, duplicates. */
import type { Page } from "../pages.js"

export const agencyPages: readonly Page[] = [
  {
    path: "/tasks",
    menu: { zh: "联系函", en: "Letters" },
    kinds: ["agency"],
    load: async () => (await import("./tasks/inbox.js")).TaskInbox,
  },
  {
    path: "/tasks/:id/:province",
    kinds: ["agency", "center"],
    load: async () => (await import("./tasks/page.js")).TaskPage,
  },
  {
    path: "/duplicates",
    menu: { zh: "重复参保", en: "Duplicates" },
    kinds: ["agency"],
    load: async () => (await import("./duplicates/queue.js")).DuplicateQueuePage,
  },
  {
    path: "/duplicates/:person/:family/:id",
    kinds: ["agency", "center"],
    load: async () => (await import("./duplicates/page.js")).DuplicatePage,
  },
]
