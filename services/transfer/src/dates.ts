import type { DateText } from "@tongzhang/domain/ids"

const china_ms = 8 * 3_600_000

/** Calendar date in China (+08:00) of a moment in ms since 1970. */
export const dateInChina = (now_ms: number): DateText => new Date(now_ms + china_ms).toISOString().slice(0, 10) as DateText
