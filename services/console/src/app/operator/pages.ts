/** The operator's page. */
import type { Page } from "../pages.js"

export const operatorPages: readonly Page[] = []
