/** The agency's pages: files, tasks, duplicates. */
import type { Page } from "../pages.js"

export const agencyPages: readonly Page[] = []
