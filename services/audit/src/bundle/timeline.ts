/** The events of a bundle as a page to read: one file, nothing loaded, fit for printing. */
import type { Step } from "../history.js"
import type { AuditedEvent } from "../history.js"
import { escaped } from "../html.js"

const who = ({ metadata }: AuditedEvent): string => {
  if (metadata === null) return "?"
  const { actor, channel, purpose, ruleVersion, source } = metadata
  const from = source === undefined ? "" : ` · ${source.feedId} #${source.row}`
  return `${actor.kind} ${actor.province ?? actor.id} · ${channel} · ${purpose}${ruleVersion === undefined ? "" : ` · 规则 rule ${ruleVersion}`}${from}`
}

const item = ({ event, changes, problem }: Step, index: number | null): string => `
    <li id="${escaped(event.id)}">
      <time datetime="${escaped(event.recordedAt)}">${escaped(event.recordedAt)}</time>
      <strong>${escaped(event.words.zh)}</strong> <span lang="en">${escaped(event.words.en)}</span>
      <div class="who">${escaped(who(event))}</div>
      ${changes.map(({ words }) => `<div class="change">${escaped(words.zh)}<br><span lang="en">${escaped(words.en)}</span></div>`).join("")}
      ${problem === null ? "" : `<div class="problem">✗ ${escaped(problem)}</div>`}
      <code>${escaped(event.type)} · ${escaped(event.stream)} #${event.revision} · ${escaped(event.id)} · ${index === null ? "not yet in the log" : `log ${index}`}</code>
    </li>`

/** @param index place in the published log, by event id */
export const timelinePage = (
  title: string,
  steps: readonly Step[],
  index: ReadonlyMap<string, number>,
): string => `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>${escaped(title)}</title>
    <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem; }
      ol { border-left: 3px solid #88a; padding-left: 1.5rem; }
      li { margin: 0 0 1rem; break-inside: avoid; }
      time, code, .who { color: #555; font-size: 0.85rem; display: block; overflow-wrap: anywhere; }
      .change { margin-left: 1rem; } .problem { color: #b3261e; } [lang="en"] { color: #555; }
    </style>
  </head>
  <body>
    <h1>${escaped(title)}</h1>
    <p>${steps.length} 个事件 events. 核验 check: <code>node verify.mjs bundle.zip</code></p>
    <ol>${steps.map((step) => item(step, index.get(step.event.id) ?? null)).join("")}
    </ol>
  </body>
</html>
`
