/** The agency's pages: files, tasks, duplicates. */
import type { Page } from "../pages.js"

export const agencyPages: readonly Page[] = [
  {
    path: "/upload",
    menu: { zh: "报送", en: "Files" },
    kinds: ["agency"],
    load: async () => (await import("./upload/start.js")).UploadStart,
  },
  {
    path: "/uploads/:uploadId",
    kinds: ["agency"],
    load: async () => (await import("./upload/columns-page.js")).ColumnsPage,
  },
  {
    path: "/feeds/:feedId",
    kinds: ["agency", "center", "auditor"],
    load: async () => (await import("./upload/feed-page.js")).FeedPage,
  },
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
  {
    path: "/appeals",
    menu: { zh: "申诉", en: "Appeals" },
    kinds: ["agency", "center"],
    load: async () => (await import("./appeals.js")).AppealDesk,
  },
]
