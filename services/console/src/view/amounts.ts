/** Numbers as people read them. */
import { type Fen, formatYuan } from "@tongzhang/domain/money"
import type { Language } from "./places.js"

/** Whole fen -> `¥1,509.60`. */
export const yuan = (fen: number): string => formatYuan(fen as Fen)

/** 126 -> `10 年 6 个月`; under a year only months. */
export const yearsAndMonths = (months: number, language: Language): string => {
  const [years, rest] = [Math.floor(months / 12), months % 12]
  const parts =
    language === "zh"
      ? [years > 0 ? `${years} 年` : "", rest > 0 || years === 0 ? `${rest} 个月` : ""]
      : [years > 0 ? `${years} y` : "", rest > 0 || years === 0 ? `${rest} m` : ""]
  return parts.filter((part) => part !== "").join(" ")
}

/** More months than any working life has: the two run on without an end (two pensions). */
export const isEndless = (months: number): boolean => months > 600

/** Moment in China, to the minute: `2026-11-22 20:05`. */
export const momentInChina = (iso: string): string =>
  new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ")

/** `2023-01` .. `2024-12`; one month is written once. */
export const span = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  from === to ? from : `${from} – ${to}`
