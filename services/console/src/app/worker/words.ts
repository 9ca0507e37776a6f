/** Words of the worker's pages: plain ones, no codes. */
import { deskWords } from "../i18n.js"
import { en } from "./words-en.js"
import { zh } from "./words-zh.js"

export const useWorkerWords = deskWords(zh, en)
