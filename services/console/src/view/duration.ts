/** Spans of time as people say them. */
import type { Language } from "./places.js"

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Seconds -> `8 秒`, `3 分 20 秒`, `2 小时 5 分`, `4 天 1 小时`; at most two units, never below a second. */
export const duration = (seconds: number, language: Language): string => {
  const whole = Math.max(0, Math.round(seconds))
  const [d, h, m, s] = [
    Math.floor(whole / day),
    Math.floor((whole % day) / hour),
    Math.floor((whole % hour) / minute),
    whole % minute,
  ]
  const say = (value: number, zh: string, en: string): string => (language === "zh" ? `${value} ${zh}` : `${value} ${en}`)
  const parts: string[] = []
  if (d > 0) parts.push(say(d, "天", "d"))
  if (h > 0) parts.push(say(h, "小时", "h"))
  if (m > 0 && d === 0) parts.push(say(m, "分", "min"))
  if (s > 0 && d === 0 && h === 0) parts.push(say(s, "秒", "s"))
  return parts.length === 0 ? say(0, "秒", "s") : parts.join(" ")
}
