/**
 * The report as a page to print: one file, nothing loaded, drawn from the signed file alone and carrying it, so that the page can be
 * held against what it says.
 */
import { provinces, schemes } from "@tongzhang/domain/codes"
import { type Fen, formatYuan } from "@tongzhang/domain/money"
import type { Subject, TestResult } from "@tongzhang/domain/workpaper"
import { escaped } from "../../html.js"
import type { PaperFinding, PaperSample, Stamp } from "../paper.js"
import { style } from "./page-style.js"
import type { Report } from "./report.js"
import type { SignedReport } from "./signed.js"

const e = (text: string | number): string => escaped(String(text))
const yuan = (amount_fen: number): string => formatYuan(amount_fen as Fen)
const amount = (amount_fen: number): string => `<span class="n">${e(yuan(amount_fen))}</span>`
const china_ms = 8 * 3_600_000
/** As the clock on the wall says in China. */
const timeOf = (at: string): string =>
  new Date(Date.parse(at) + china_ms)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/u, " +08:00")
const both = (zh: string, en: string): string => `${e(zh)} <span lang="en">${e(en)}</span>`
const nameOf = (names: Readonly<Record<string, { readonly zh: string; readonly en: string }>>, code: string | null): string => {
  if (code === null) return both("全部", "all")
  const found = Object.hasOwn(names, code) ? names[code] : undefined
  return found === undefined ? e(code) : `${both(found.zh, found.en)} (${e(code)})`
}
const stampOf = ({ by, at, event }: Stamp): string => `<small>${e(by)} · ${e(timeOf(at))} · <code>${e(event)}</code></small>`
const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`
const table = (heads: readonly (readonly [string, string])[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? `<p>${both("无", "none")}</p>`
    : `<table><thead><tr>${heads.map(([zh, en]) => `<th>${both(zh, en)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map(row).join("\n")}
</tbody></table>`
const section = (zh: string, en: string, body: string): string => `<section>
<h2>${both(zh, en)}</h2>
${body}
</section>`

type Pair = readonly [zh: string, en: string]
const severities: Readonly<Record<PaperFinding["severity"], Pair>> = {
  major: ["重大", "major"],
  moderate: ["较大", "moderate"],
  minor: ["一般", "minor"],
}
const statuses: Readonly<Record<PaperFinding["status"], Pair>> = {
  open: ["未整改", "open"],
  resolved: ["已整改", "resolved"],
  withdrawn: ["已撤销", "withdrawn"],
}
const results: Readonly<Record<NonNullable<TestResult>, Pair>> = { agreed: ["相符", "agreed"], exception: ["不符", "exception"] }
const methods: Readonly<Record<PaperSample["method"], Pair>> = {
  stratified: ["分层抽样", "stratified"],
  monetary: ["货币单元抽样", "monetary units"],
}

const headOf = (report: Report): string => {
  const { engagement, title, scope, auditor, from, to, province, scheme, position, conclusion, closed } = report
  const facts: readonly (readonly [string, string, string])[] = [
    ["项目编号", "engagement", `<code>${e(engagement)}</code>`],
    ["范围", "scope", e(scope)],
    ["审计期间", "period", `${e(from)} — ${e(to)}`],
    ["地区", "province", nameOf(provinces, province)],
    ["险种", "scheme", nameOf(schemes, scheme)],
    ["主审", "auditor", e(auditor)],
    ["账本位置", "ledger position", `<code>${e(position)}</code>`],
    [
      "结论",
      "conclusion",
      conclusion === null ? both("（草稿，尚无结论）", "draft, none yet") : `<strong>${e(conclusion)}</strong>`,
    ],
    ["结项", "closed", closed === null ? "—" : stampOf(closed)],
  ]
  return `<header>
<p class="kind">${both("审计报告", "Audit report")}${report.status === "draft" ? ` <strong class="draft">${both("草稿 未签名", "DRAFT, not signed")}</strong>` : ""}</p>
<h1>${e(title)}</h1>
<dl>
${facts.map(([zh, en, value]) => `<dt>${both(zh, en)}</dt><dd>${value}</dd>`).join("\n")}
</dl>
</header>`
}

const findingRow = (one: PaperFinding): string[] => [
  e(one.finding),
  both(...severities[one.severity]),
  `<strong>${e(one.title)}</strong><br>${e(one.rule)}<br>${stampOf(one.stamp)}`,
  amount(one.amount_fen),
  one.evidence
    .map(({ stream, revision, event }) => `<code>${e(stream)}@${revision}</code><br><small><code>${e(event)}</code></small>`)
    .join("<br>"),
  e(one.recommendation),
  `${both(...statuses[one.status])}${one.reason === null ? "" : `<br>${e(one.reason)}`}${one.settled === null ? "" : `<br>${stampOf(one.settled)}`}`,
]

const sampleOf = (engagement: string, one: PaperSample): string => `<h3>${e(one.sample)} · ${both(...methods[one.method])}</h3>
<p>${both("种子", "seed")} <code>${e(one.seed)}</code> · ${both("样本量", "size")} ${one.size} · ${both("总体", "population")} ${one.facts} · ${e(yuan(one.amount_fen))} · ${both("截至位置", "up to")} <code>${e(one.upTo)}</code> · ${nameOf(provinces, one.province)} · ${nameOf(schemes, one.scheme)} · ${one.recorded === null ? both("不限记账日", "recorded whenever") : `${both("记账日", "recorded")} ${e(one.recorded.from)} — ${e(one.recorded.to)}`} · ${both("已测试", "tested")} ${one.tested}/${one.items.length} · ${both("不符", "exceptions")} ${one.exceptions}</p>
<p>${both("重抽", "draw it again")}: <code>tongzhang audit redraw ${e(engagement)}</code> · ${stampOf(one.stamp)}</p>
${table(
  [
    ["层", "stratum"],
    ["金额", "amount"],
    ["命中", "hits"],
    ["事件", "event"],
    ["结果", "result"],
  ],
  one.items.map((item) => [
    e(item.stratum),
    amount(item.amount_fen),
    e(item.hits),
    `<code>${e(item.stream)}@${item.revision}</code><br><small><code>${e(item.event)}</code></small>`,
    item.result === null ? "—" : both(...results[item.result]),
  ]),
)}`

const aboutOf = (about: Subject): string => {
  switch (about.kind) {
    case "item":
      return `${e(about.sample)} <small><code>${e(about.event)}</code></small>`
    case "event":
      return `<code>${e(about.stream)}@${about.revision}</code>`
    case "finding":
      return e(about.finding)
    case "free":
      return "—"
  }
}

const notesOf = ({ notes }: Report): string =>
  table(
    [
      ["编号", "note"],
      ["对象", "about"],
      ["结果", "result"],
      ["记录", "text"],
    ],
    notes.map((one) => [
      e(one.note),
      aboutOf(one.about),
      one.result === null ? "—" : both(...results[one.result]),
      `${e(one.text)}<br>${stampOf(one.stamp)}`,
    ]),
  )

const balanceOf = ({ balance, position }: Report): string => `<p>${both(
  balance.ok ? "借贷平衡，与守恒核算一致" : "不平衡或与守恒核算不一致",
  balance.ok ? "balanced, and agrees with conservation" : "NOT balanced, or disagrees with conservation",
)} · ${balance.posted} ${both("笔资金事件", "money events")} · ${balance.events} ${both("个事件", "events")} · ${both("截至位置", "up to")} <code>${e(position)}</code>${balance.unposted === 0 ? "" : ` · <strong>${balance.unposted} ${both("个未入账", "not posted")}</strong>`}</p>
${balance.differences.map(({ what, books_fen, other_fen }) => `<p><strong>${e(what)}: ${e(yuan(books_fen))} / ${e(yuan(other_fen))}</strong></p>`).join("")}
${table(
  [
    ["科目", "account"],
    ["地区", "province"],
    ["险种", "scheme"],
    ["借方", "debit"],
    ["贷方", "credit"],
    ["余额", "balance"],
  ],
  [
    ...balance.rows.map((one) => [
      `${both(one.name_zh, one.name_en)}${one.payer === "" ? "" : ` (${e(one.payer)})`}`,
      nameOf(provinces, one.province),
      one.scheme === null ? "—" : nameOf(schemes, one.scheme),
      amount(one.debit_fen),
      amount(one.credit_fen),
      amount(one.balance_fen),
    ]),
    [
      both("合计", "total"),
      "",
      "",
      amount(balance.debit_fen),
      amount(balance.credit_fen),
      amount(balance.debit_fen - balance.credit_fen),
    ],
  ],
)}`

const checksOf = ({ checks }: Report): string =>
  table(
    [
      ["核验", "check"],
      ["结果", "result"],
      ["范围", "looked at"],
      ["首处差异", "first difference"],
    ],
    checks.map((one) => [
      e(one.check),
      one.ok ? both("一致", "no difference") : both("不一致", "differences"),
      `${one.events} ${both("事件", "events")}, ${one.persons} ${both("人", "persons")}, ${both("截至", "up to")} <code>${e(one.upTo ?? "—")}</code>`,
      `${e(one.first ?? "—")}<br>${stampOf(one.stamp)}`,
    ]),
  )

const proofOf = ({ proof }: Report): string =>
  proof === null
    ? `<p>${both("未附证明日志", "no proof log")}</p>`
    : `<p>${both("本报告所依据的账本检查点", "The checkpoint of the ledger that this report stands on")} · ${proof.size} ${both("条", "entries")} · ${proof.receipts.length} ${both("份证据回执随附", "receipts of evidence inside")}</p>
<pre>${e(proof.checkpoint)}</pre>
<p>${both("日志公钥", "the log's key")} <code>${e(proof.log)}</code></p>
${table(
  [
    ["证据事件", "evidence"],
    ["日志序号", "entry"],
  ],
  proof.receipts.map(({ stream, revision, index }) => [`<code>${e(stream)}@${revision}</code>`, e(index)]),
)}`

const signatureOf = ({ signature, report }: SignedReport): string =>
  `${signature === null ? `<p><strong>${both("未签名", "not signed")}</strong></p>` : `<pre>${e(signature)}</pre>`}
<p>${both("核验：保存本页，运行下列命令；不需要网络和账本。公钥请从他处取得，不要只信本页。", "To check: save this page and run the command below; it needs no network and no ledger. Take the key from somewhere else than this page.")}</p>
<pre>tongzhang audit verify-report ${e(report.engagement)}.html --key VKEY</pre>`

/** The signed file within a page; no text of it can end the element. */
const carried = (file: string): string =>
  `<script type="application/json" id="report">${file.trimEnd().replaceAll("<", "\\u003c")}</script>`

/** A page is held against one drawn anew: another number says that it was drawn otherwise, not that it is false. */
export const generator = "tongzhang audit page 1"
export const generatorOf = (page: string): string | null => /<meta name="generator" content="([^"]*)">/u.exec(page)?.[1] ?? null

/** Null when the page carries no report. */
export const carriedIn = (page: string): string | null =>
  /<script type="application\/json" id="report">(.*)<\/script>/u.exec(page)?.[1] ?? null

/** @param file the JSON file of `signed`, which the page carries */
export const pageOf = (signed: SignedReport, file: string): string => {
  const { report } = signed
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="${generator}">
<title>${e(`${report.engagement} ${report.title}`)}</title>
<style>
${style}</style>
</head>
<body>
${headOf(report)}
${section(
  "审计发现",
  "Findings",
  table(
    [
      ["编号", "finding"],
      ["程度", "severity"],
      ["问题与依据", "what, and by which rule"],
      ["涉及金额", "at stake"],
      ["证据", "evidence"],
      ["建议", "recommendation"],
      ["处理", "status"],
    ],
    report.findings.map(findingRow),
  ),
)}
${section("样本", "Samples", report.samples.length === 0 ? `<p>${both("无", "none")}</p>` : report.samples.map((one) => sampleOf(report.engagement, one)).join("\n"))}
${section("底稿记录", "Notes", notesOf(report))}
${section("试算平衡", "Trial balance", balanceOf(report))}
${section("账本核验", "Checks of the ledger", checksOf(report))}
${section(
  "复核",
  "Second reader",
  table(
    [
      ["意见", "opinion"],
      ["复核人", "by"],
    ],
    report.reviews.map(({ opinion, stamp }) => [e(opinion), stampOf(stamp)]),
  ),
)}
${section("证明", "Proof", proofOf(report))}
${section("签名", "Signature", signatureOf(signed))}
${carried(file)}
</body>
</html>
`
}
