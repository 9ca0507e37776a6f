/** Who did it, when, why and under which rule: the envelope of one fact as an auditor reads it. */
import type { Metadata } from "./envelope.js"
import type { LedgerEvent } from "./event-schemas.js"
import { describe, provinceName, type Words } from "./words.js"

export type Deed = {
  readonly what: Words
  readonly who: Words
  /** Store's clock, ISO 8601 in UTC. */
  readonly when: string
  readonly why: Words
  /** Rule set, the published parameters it knew, and the article of the kind of fact; null: the fact names none. */
  readonly rule: string | null
  /** The four of them in one sentence. */
  readonly words: Words
}

const kinds: Readonly<Record<Metadata["actor"]["kind"], Words>> = {
  agency: { zh: "经办机构", en: "agency" },
  center: { zh: "国家中心", en: "national centre" },
  auditor: { zh: "审计", en: "auditor" },
  platform: { zh: "平台企业", en: "platform" },
  person: { zh: "本人", en: "the person" },
  system: { zh: "系统", en: "system" },
}

/** The article behind a kind of fact; a refund names its own. */
const articles: Readonly<Partial<Record<LedgerEvent["type"], string>>> = {
  ContributionRecorded: "社会保险法 Art 12; 国发〔2005〕38号",
  InterestCredited: "社会保险法 Art 14",
  TransferredOut: "国办发〔2009〕66号 Art 4",
  TransferredIn: "国办发〔2009〕66号 Art 4",
}

export const articleOf = (event: LedgerEvent): string | null =>
  event.type === "ContributionRefunded" ? event.legal : (articles[event.type] ?? null)

const whoOf = (metadata: Metadata | null): Words => {
  if (metadata === null) return { zh: "不详", en: "unknown" }
  const { kind, id, province } = metadata.actor
  const place = province === undefined ? { zh: "", en: "" } : provinceName(province)
  return { zh: `${place.zh}${kinds[kind].zh} ${id}`, en: `${place.en} ${kinds[kind].en} ${id}`.trim() }
}

const whyOf = (event: LedgerEvent, metadata: Metadata | null): Words => {
  const reason = "reason" in event && event.reason !== null ? event.reason : null
  const source = metadata?.source
  const row =
    source === undefined
      ? { zh: "", en: "" }
      : { zh: `报送 ${source.feedId} 第 ${source.row} 行`, en: `feed ${source.feedId} row ${source.row}` }
  const purpose = metadata === null ? null : `${metadata.channel}/${metadata.purpose}`
  const parts = (feed: string): string => [reason, feed === "" ? null : feed, purpose].filter((part) => part !== null).join(", ")
  return { zh: parts(row.zh), en: parts(row.en) }
}

/** @param recordedAt ms since 1970 */
export const deedOf = (event: LedgerEvent, metadata: Metadata | null, recordedAt: number): Deed => {
  const [what, who, why] = [describe(event), whoOf(metadata), whyOf(event, metadata)]
  const when = new Date(recordedAt).toISOString()
  const rules = [metadata?.ruleVersion, metadata?.policy, articleOf(event)].filter((part) => part !== undefined && part !== null)
  const rule = rules.length === 0 ? null : rules.join(" · ")
  const words = {
    zh: `${when} ${who.zh}：${what.zh}。缘由：${why.zh}。依据：${rule ?? "未注明"}`,
    en: `${when} ${who.en}: ${what.en}. Why: ${why.en}. Rule: ${rule ?? "none named"}`,
  }
  return { what, who, when, why, rule, words }
}
