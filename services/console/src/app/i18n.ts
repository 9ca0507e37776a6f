/** Chinese first; the choice is kept in this browser. */
import { createInstance } from "i18next"
import { initReactI18next, useTranslation } from "react-i18next"
import type { Language } from "../view/places.js"
import { en } from "./words-en.js"
import { zh } from "./words-zh.js"

const stored = "tongzhang.language"

const storedLanguage = (): Language => (localStorage.getItem(stored) === "en" ? "en" : "zh")

const show = (language: Language): void => {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en"
}

export const i18n = createInstance()

export const startI18n = async (): Promise<void> => {
  const lng = storedLanguage()
  await i18n.use(initReactI18next).init({
    lng,
    fallbackLng: "zh",
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
    keySeparator: false,
    nsSeparator: false,
  })
  show(lng)
}

export type Speech<Key extends string> = {
  readonly t: (key: Key, values?: Readonly<Record<string, string | number>>) => string
  readonly language: Language
  readonly switchLanguage: () => void
}

const useSpeech = <Key extends string>(): Speech<Key> => {
  const { t } = useTranslation(undefined, { i18n })
  const language: Language = i18n.language === "en" ? "en" : "zh"
  const switchLanguage = (): void => {
    const next = language === "zh" ? "en" : "zh"
    localStorage.setItem(stored, next)
    show(next)
    void i18n.changeLanguage(next)
  }
  return { t: (key, values) => t(key, values ?? {}), language, switchLanguage }
}

export type SharedWord = keyof typeof zh

export const useLanguage = (): Speech<SharedWord> => useSpeech<SharedWord>()

/**
 * The words of one desk, loaded with its pages: call it once in the desk's `words.ts` and export what it returns, a hook like
 * `useLanguage` that knows the desk's keys besides the shared ones. Keys begin with the desk's name (`upload.title`).
 */
export const deskWords = <Key extends `${string}.${string}`>(
  chinese: Readonly<Record<Key, string>>,
  english: Readonly<Record<Key, string>>,
): (() => Speech<Key | SharedWord>) => {
  i18n.addResourceBundle("zh", "translation", chinese, false, false)
  i18n.addResourceBundle("en", "translation", english, false, false)
  return useSpeech<Key | SharedWord>
}
