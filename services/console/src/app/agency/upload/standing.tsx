/** Whose turn it is with a feed, and until when: in words. */
import { duration } from "../../../view/duration.js"
import { type Feed, type Standing, standingOf, whole } from "../../../view/upload.js"
import type { Tone } from "../../tag.js"
import { useUploadWords } from "./words.js"

export const tones: Readonly<Record<Standing, Tone>> = {
  queued: "blue",
  running: "blue",
  rehearsed: "gold",
  booked: "green",
  stopped: "gold",
  cancelled: "plain",
  failed: "red",
}

/** Returns what to say of a feed: who acts, and what is left. */
export const useWhoActs = (): ((feed: Feed) => string) => {
  const { t, language } = useUploadWords()
  return (feed) => {
    const standing = standingOf(feed)
    const { job, counts, result, failure } = feed
    switch (standing) {
      case "running": {
        const eta = job?.eta_seconds ?? null
        const left = eta === null ? t("upload.who_leftUnknown") : t("upload.who_left", { time: duration(eta, language) })
        return t("upload.who_running", { done: whole(counts?.rows ?? job?.done ?? 0), left })
      }
      case "booked":
        return (result?.refused ?? 0) === 0
          ? t("upload.who_booked")
          : t("upload.who_bookedRefused", { count: whole(result?.refused ?? 0) })
      case "failed":
        return t("upload.who_failed", { why: failure ?? "" })
      default:
        return t(`upload.who_${standing}`)
    }
  }
}
