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

export const useLanguage = (): {
  readonly t: (key: keyof typeof zh, values?: Readonly<Record<string, string | number>>) => string
  readonly language: Language
  readonly switchLanguage: () => void
} => {
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
