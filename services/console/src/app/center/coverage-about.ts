/** What every figure of the coverage board says alike: who is counted, where, as of when. */
import type { Sum } from "../../view/coverage.js"
import { shown } from "../../view/figure.js"
import { provinceName } from "../../view/places.js"
import type { CoverageAnswer } from "../../view/types.js"
import type { Asked } from "./coverage-address.js"
import { useCoverageWords } from "./coverage-words.js"

export type Shown = { readonly asked: Asked; readonly answer: CoverageAnswer }

/** Of a past day: its end in China, for no later fact is in the figures. */
export const dataOf = ({ known }: Asked, newest: string | null): string | null => {
  if (newest === null || known === "") return newest
  const end = new Date(`${known}T23:59:00+08:00`).toISOString()
  return end < newest ? end : newest
}

/** The month and day that the address may leave to "now". */
export const pinOf = ({ answer: { month, knownOn } }: Shown): Readonly<Record<string, string>> => ({
  known: knownOn,
  ...(month === null ? {} : { month }),
})

export const counts = ({ enrolled, paid, share, held }: Sum) => ({
  enrolled: shown(enrolled, "count"),
  paid: shown(paid, "count"),
  share: shown(share, "share"),
  held,
})

export const useAbout = ({ asked, answer }: Shown) => {
  const { t, language } = useCoverageWords()
  const sex = t(asked.chosen.sex === null ? "coverage.everybody" : `coverage.${asked.chosen.sex}`)
  const channel = t(asked.chosen.channel === null ? "coverage.everybody" : `coverage.${asked.chosen.channel}`)
  return {
    sex,
    channel,
    who: `${t("coverage.sex")} ${sex} · ${t("coverage.channel")} ${channel}`,
    place: asked.province === null ? t("coverage.nation") : provinceName(asked.province, language),
    month: answer.month ?? "—",
    dataOf: dataOf(asked, answer.dataOf),
    pin: pinOf({ asked, answer }),
  }
}
