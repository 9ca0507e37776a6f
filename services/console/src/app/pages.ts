/** Every page of the console and whose it is: the menu and the routes are made from this list. A page is loaded when it is opened. */
import type { ComponentType } from "react"
import type { Kind } from "../view/caller.js"
import type { Language } from "../view/places.js"
import { agencyPages } from "./agency/pages.js"
import { auditorPages } from "./auditor/pages.js"
import { centerPages } from "./center/pages.js"
import { operatorPages } from "./operator/pages.js"
import { workerPages } from "./worker/pages.js"

export type Page = {
  readonly path: `/${string}`
  /** Absent: a page that others lead to. */
  readonly menu?: Readonly<Record<Language, string>>
  /** Whose desk it stands on; the services decide what is answered. */
  readonly kinds: readonly Kind[]
  readonly load: () => Promise<ComponentType>
}

const recordPages: readonly Page[] = [
  {
    path: "/search",
    menu: { zh: "查人", en: "Find a person" },
    kinds: ["agency", "center", "auditor"],
    load: async () => (await import("./search.js")).Search,
  },
  {
    path: "/persons/:key",
    kinds: ["agency", "center", "auditor"],
    load: async () => (await import("./record/page.js")).RecordPage,
  },
]

/** In the order of the menu; the first of a role is the page it begins with. */
export const pages: readonly Page[] = [
  ...workerPages,
  ...recordPages,
  ...agencyPages,
  ...centerPages,
  ...auditorPages,
  ...operatorPages,
]

export const pagesOf = (kind: Kind): readonly Page[] => pages.filter(({ kinds }) => kinds.includes(kind))
