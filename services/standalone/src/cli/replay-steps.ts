/** What a replay shows and where its keys lead: pure, so that both can be tested without a terminal. */
export type Words = { readonly zh: string; readonly en: string }
export type Language = keyof Words
export type Step = {
  readonly n: number
  readonly event: {
    readonly type: string
    readonly stream: string
    readonly revision: number
    readonly position: string
    readonly recordedAt: string
    readonly words: Words
    readonly deed: { readonly who: Words; readonly why: Words; readonly rule: string | null } | null
  }
  readonly changes: readonly { readonly words: Words }[]
  readonly problem: string | null
}

const labels = {
  who: { zh: "何人", en: "who" },
  when: { zh: "何时", en: "when" },
  why: { zh: "缘由", en: "why" },
  rule: { zh: "依据", en: "rule" },
  changes: { zh: "变化", en: "changes" },
  nothing: { zh: "无数字变化", en: "no figure changed" },
} as const

const china_ms = 8 * 3_600_000
/** Day and time in China, as the law counts days. */
export const inChina = (iso: string): string => `${new Date(Date.parse(iso) + china_ms).toISOString().slice(0, 19)}+08:00`

/** One fact: what it was; who, when, why, which rule; and what it changed, in words of one language. */
export const drawStep = ({ n, event, changes, problem }: Step, lang: Language): string => {
  const line = (label: keyof typeof labels, text: string): string => `      ${labels[label][lang]}: ${text}`
  return [
    `${String(n).padStart(4)}  ${event.words[lang]}`,
    `      ${event.stream.replace(/[0-9a-f]{32}/u, "…")} #${event.revision} ${event.type} @${event.position}`,
    line("when", inChina(event.recordedAt)),
    line("who", event.deed?.who[lang] ?? "?"),
    line("why", event.deed?.why[lang] ?? "?"),
    line("rule", event.deed?.rule ?? "-"),
    ...(changes.length === 0
      ? [line("changes", labels.nothing[lang])]
      : changes.map((change) => `      → ${change.words[lang]}`)),
    ...(problem === null ? [] : [`      ✗ ${problem}`]),
  ].join("\n")
}

export const keysHelp: Words = {
  zh: "→/空格 下一步 · ←/b 上一步 · p 播放/停 · g/G 首/尾 · : 跳到序号、日期或位置 · q 退出",
  en: "→/space next · ←/b back · p play/pause · g/G first/last · : go to a step, date or position · q quit",
}
export const promptHelp: Words = {
  zh: "序号 12、日期 2023-05 或 2023-05-31（当日终了）、日志位置；回车确定",
  en: "a step 12, a day 2023-05 or 2023-05-31 (its end), a log position; Enter goes there",
}

/** Where a key leads from a step; null: leave. */
export const stepAfter = (key: string, at: number, last: number): number | null => {
  switch (key) {
    case "right":
    case "space":
    case "n":
    case "return":
      return Math.min(at + 1, last)
    case "left":
    case "b":
      return Math.max(at - 1, 0)
    case "pageup":
      return Math.max(at - 10, 0)
    case "pagedown":
      return Math.min(at + 10, last)
    case "home":
    case "g":
      return 0
    case "end":
    case "G":
      return last
    case "q":
    case "escape":
      return null
    default:
      return at
  }
}

const dated = /^\d{4}-\d{2}(-\d{2})?$/u

/**
 * The index of the last step that was recorded by then: of a step's number, of a day or month (its end, in China), or of a log position.
 * The first step when all are later; null when the text is none of these.
 */
export const stepFor = (text: string, steps: readonly Step[]): number | null => {
  const wanted = text.trim()
  const lastThat = (known: (step: Step) => boolean): number => Math.max(steps.findLastIndex(known), 0)
  if (/^\d{1,7}$/u.test(wanted)) return lastThat(({ n }) => n <= Number(wanted))
  if (dated.test(wanted)) return lastThat(({ event }) => inChina(event.recordedAt).slice(0, wanted.length) <= wanted)
  return /^[\w.:]{8,80}$/u.test(wanted) ? lastThat(({ event }) => event.position <= wanted) : null
}
