/** An appeal as people read it: what it is about, who acts until when, what was answered and what one can still do. */
import type { AppealEvent, Holder } from "@tongzhang/domain/appeal"
import { isOpen, outcomes } from "@tongzhang/domain/appeal"
import { provinces } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { appealCitation, appealLimit_days } from "@tongzhang/law/rules/appeals"
import { z } from "zod"
import { daysBetween } from "../moments.js"
import type { AppealCase } from "./book.js"
import { parseSubject, subjectWords, type Words } from "./subject.js"

const words = z.object({ zh: z.string(), en: z.string() })
const holder = z.object({
  code: z.string().describe("province code, or CN for the national center"),
  zh: z.string(),
  en: z.string(),
})

export const summarySchema = z.object({
  id: z.string(),
  person: z.string(),
  status: z.enum(["open", "waiting", "upheld", "rejected", "withdrawn"]),
  statusWords: words,
  subject: z.string(),
  about: words,
  shown: z.string().describe("as the person saw it"),
  filedOn: z.string(),
  holder,
  due: z.string().nullable().describe("null while the person is waited for, and once it has ended"),
  daysLeft: z.int().nullable().describe("calendar days; negative once the limit has passed"),
  overdue: z.boolean(),
  escalated: z.boolean(),
  next: words.describe("who acts, until when, why"),
})
export type Summary = z.infer<typeof summarySchema>

const line = z.object({
  at: z.iso.datetime(),
  type: z.string(),
  words,
  text: z.string().nullable().describe("the person's own words, where the line holds any; null once they are erased"),
})
export const detailSchema = summarySchema.extend({
  validAt: z.string().nullable(),
  knownAt: z.string().nullable(),
  position: z.string().nullable(),
  values: z
    .object({ filed: words.nullable(), today: words.nullable() })
    .describe("the ledger's own: at the position of the appeal, and today"),
  answer: z
    .object({
      outcome: z.enum(outcomes),
      by: holder,
      reason: z.string(),
      article: z.string().nullable(),
      correction: z.string().nullable(),
      on: z.string(),
    })
    .nullable(),
  further: words.nullable().describe("what the person can do against the answer"),
  limit: z.object({ days: z.int(), article: z.string(), confidence: z.string() }),
  history: z.array(line),
})
export type Detail = z.infer<typeof detailSchema>

const holderView = (code: Holder): z.infer<typeof holder> =>
  code === "CN" ? { code, zh: "国家平台", en: "National center" } : { code, ...provinces[code] }

const statusWords: Readonly<Record<Summary["status"], Words>> = {
  open: { zh: "已受理", en: "Being looked at" },
  waiting: { zh: "需补充材料", en: "More is needed" },
  upheld: { zh: "已支持", en: "Upheld" },
  rejected: { zh: "不予支持", en: "Rejected" },
  withdrawn: { zh: "已撤回", en: "Withdrawn" },
}

const answerOf = ({ lines }: AppealCase): Extract<AppealEvent, { type: "AppealAnswered" }> | null => {
  const found = lines.findLast(({ event }) => event.type === "AppealAnswered")?.event
  return found?.type === "AppealAnswered" ? found : null
}

const nextWords = (found: AppealCase, days: number | null): Words => {
  const { status, holder: code, due } = found.appeal
  const who = holderView(code ?? "CN")
  switch (status) {
    case "open": {
      if (due === null || days === null) throw new Error(`${found.id} is open without a limit`)
      return days < 0
        ? {
            zh: `${who.zh}应在 ${due} 前答复，已超期 ${-days} 天，国家平台已督办`,
            en: `${who.en} should have answered by ${due}: ${-days} days late, the national center follows it up`,
          }
        : { zh: `${who.zh}在 ${due} 前答复（还有 ${days} 天）`, en: `${who.en} answers by ${due} (${days} days left)` }
    }
    case "waiting":
      return {
        zh: `等您补充：${answerOf(found)?.reason ?? ""}；期限已暂停`,
        en: `Waiting for you: ${answerOf(found)?.reason ?? ""}; the clock stands still`,
      }
    case "upheld": {
      const answer = answerOf(found)
      return { zh: `将更正：${answer?.correction ?? ""}`, en: `To be corrected: ${answer?.correction ?? ""}` }
    }
    case "rejected": {
      const answer = answerOf(found)
      return { zh: `依据 ${answer?.article ?? ""}`, en: `By ${answer?.article ?? ""}` }
    }
    case "withdrawn":
    case "none":
      return { zh: "您已撤回", en: "Withdrawn by the person" }
  }
}

const aboutWords = (subject: string): Words => {
  const parsed = parseSubject(subject)
  return parsed === null ? { zh: subject, en: subject } : subjectWords(parsed)
}

/** @param today day in China */
export const summaryOf = (found: AppealCase, today: DateText): Summary => {
  const { appeal, filedOn } = found
  const { status, person, about, holder: code, due } = appeal
  if (status === "none" || person === null || about === null) throw new Error(`${found.id} was never filed`)
  const left = due === null ? null : daysBetween(Date.parse(today), Date.parse(due))
  return {
    id: found.id,
    person,
    status,
    statusWords: statusWords[status],
    subject: about.subject,
    about: aboutWords(about.subject),
    shown: about.shown,
    filedOn,
    holder: holderView(code ?? "CN"),
    due,
    daysLeft: left,
    overdue: left !== null && left < 0,
    escalated: appeal.escalated.size > 0 && isOpen(appeal),
    next: nextWords(found, left),
  }
}

const lineWords = (event: AppealEvent): Words => {
  switch (event.type) {
    case "AppealFiled":
      return { zh: `提出申诉，当时显示 ${event.about.shown}`, en: `Appeal filed; shown was ${event.about.shown}` }
    case "AppealAssigned": {
      const to = holderView(event.to)
      const [zh = "", en = zh] = event.reason.split(" / ")
      return { zh: `由${to.zh}办理，期限 ${event.due}（${zh}）`, en: `Goes to ${to.en}, due ${event.due} (${en})` }
    }
    case "AppealAnswered": {
      const by = holderView(event.by)
      const outcome = event.outcome === "more_needed" ? statusWords.waiting : statusWords[event.outcome]
      return { zh: `${by.zh}答复：${outcome.zh}`, en: `${by.en} answered: ${outcome.en}` }
    }
    case "AppealSupplemented":
      return { zh: `已补充，新期限 ${event.due}`, en: `Supplemented; due ${event.due}` }
    case "AppealEscalated":
      return { zh: `${event.due} 未答复，转国家平台督办`, en: `No answer by ${event.due}: escalated to the national center` }
    case "AppealWithdrawn":
      return { zh: "本人撤回", en: "Withdrawn by the person" }
  }
}

/** 社会保险法 Art 83: reconsideration or a suit against what an agency decided. */
const furtherWords: Words = {
  zh: "如不服本答复，可依照社会保险法第 83 条申请行政复议，或者提起行政诉讼；也可凭新的材料就同一数字再次申诉。",
  en: "Against this answer you may ask for administrative reconsideration or sue (社会保险法 Art 83), or appeal again with something new.",
}

export const detailOf = (
  found: AppealCase,
  today: DateText,
  known: { readonly values: Detail["values"]; readonly texts: ReadonlyMap<number, string | null> },
): Detail => {
  const answer = answerOf(found)
  const about = found.appeal.about
  const { article, confidence } = appealCitation
  return {
    ...summaryOf(found, today),
    validAt: about?.validAt ?? null,
    knownAt: about?.knownAt ?? null,
    position: about?.position ?? null,
    values: known.values,
    answer:
      answer === null
        ? null
        : {
            outcome: answer.outcome,
            by: holderView(answer.by),
            reason: answer.reason,
            article: answer.article,
            correction: answer.correction,
            on: answer.on,
          },
    further: found.appeal.status === "rejected" || found.appeal.status === "upheld" ? furtherWords : null,
    limit: { days: appealLimit_days, article, confidence },
    history: found.lines.map(({ at, revision, event }) => ({
      at: new Date(at).toISOString(),
      type: event.type,
      words: lineWords(event),
      text: known.texts.get(revision) ?? null,
    })),
  }
}
