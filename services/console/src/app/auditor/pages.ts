/** The auditor's pages. */
import type { Page } from "../pages.js"

export const auditorPages: readonly Page[] = []
