/** The center's boards. */
import type { Page } from "../pages.js"

export const centerPages: readonly Page[] = []
