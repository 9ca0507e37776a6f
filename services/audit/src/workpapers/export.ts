/** The workpaper to take home: a workbook, the report, and a manifest of SHA-256 that any `sha256sum -c` checks. */
import { toHex, utf8 } from "@tongzhang/proof/bytes"
import { storedZip } from "@tongzhang/proof/bundle/zip"
import { sha256 } from "@tongzhang/proof/sha256"
import { type CellValue, xlsxOf } from "../sheet.js"
import type { Stamp } from "./paper.js"
import { pageOf } from "./report/page.js"
import type { Report } from "./report/report.js"
import { fileOf, type SignedReport } from "./report/signed.js"

type Sheet = { readonly name: string; readonly rows: readonly (readonly CellValue[])[] }

const stampHead = ["何人 by", "何时 at", "事件 event"]
const stampOf = ({ by, at, event }: Stamp): CellValue[] => [by, at, event]

const engagementSheet = (report: Report): Sheet => ({
  name: "项目",
  rows: [
    ["项目编号 engagement", report.engagement],
    ["名称 title", report.title],
    ["范围 scope", report.scope],
    ["期间起 from", report.from],
    ["期间止 to", report.to],
    ["地区 province", report.province ?? "全部 all"],
    ["险种 scheme", report.scheme ?? "全部 all"],
    ["主审 auditor", report.auditor],
    ["状态 status", report.status],
    ["账本位置 position", report.position],
    ["结论 conclusion", report.conclusion ?? ""],
    ...report.reviews.map(({ opinion, stamp }) => ["复核 review", opinion, ...stampOf(stamp)]),
    ...report.checks.map((one) => [`核验 ${one.check}`, one.ok ? "一致 ok" : (one.first ?? "不一致"), ...stampOf(one.stamp)]),
  ],
})
const samplesSheet = ({ samples }: Report): Sheet => ({
  name: "样本",
  rows: [
    [
      "样本 sample",
      "方法 method",
      "种子 seed",
      "样本量 size",
      "截至位置 up to",
      "总体 facts",
      "总额(分) amount_fen",
      "地区",
      "险种",
      "记账日 recorded",
      "已测试 tested",
      "不符 exceptions",
      ...stampHead,
    ],
    ...samples.map((one) => [
      one.sample,
      one.method,
      one.seed,
      one.size,
      one.upTo,
      one.facts,
      one.amount_fen,
      one.province ?? "",
      one.scheme ?? "",
      one.recorded === null ? "" : `${one.recorded.from} — ${one.recorded.to}`,
      one.tested,
      one.exceptions,
      ...stampOf(one.stamp),
    ]),
  ],
})
const itemsSheet = ({ samples }: Report): Sheet => ({
  name: "样本明细",
  rows: [
    [
      "样本 sample",
      "事件 event",
      "流 stream",
      "序号 revision",
      "位置 position",
      "类型 type",
      "层 stratum",
      "金额(分) amount_fen",
      "命中 hits",
      "结果 result",
    ],
    ...samples.flatMap(({ sample, items }) =>
      items.map((item) => [
        sample,
        item.event,
        item.stream,
        item.revision,
        item.position,
        item.type,
        item.stratum,
        item.amount_fen,
        item.hits,
        item.result ?? "",
      ]),
    ),
  ],
})
const notesSheet = ({ notes }: Report): Sheet => ({
  name: "记录",
  rows: [
    ["编号 note", "对象 about", "事件 event", "结果 result", "记录 text", ...stampHead],
    ...notes.map(({ note, about, result, text, stamp }) => [
      note,
      about.kind === "item"
        ? about.sample
        : about.kind === "finding"
          ? about.finding
          : about.kind === "event"
            ? about.stream
            : "",
      about.kind === "item" || about.kind === "event" ? about.event : "",
      result ?? "",
      text,
      ...stampOf(stamp),
    ]),
  ],
})
const findingsSheet = ({ findings }: Report): Sheet => ({
  name: "审计发现",
  rows: [
    [
      "编号 finding",
      "程度 severity",
      "问题 title",
      "依据 rule",
      "涉及金额(分) amount_fen",
      "建议 recommendation",
      "处理 status",
      "处理说明 reason",
      "证据 evidence",
      ...stampHead,
    ],
    ...findings.map((one) => [
      one.finding,
      one.severity,
      one.title,
      one.rule,
      one.amount_fen,
      one.recommendation,
      one.status,
      one.reason ?? "",
      one.evidence.map(({ event, stream, revision }) => `${event} ${stream}@${revision}`).join("\n"),
      ...stampOf(one.stamp),
    ]),
  ],
})
const balanceSheet = ({ balance }: Report): Sheet => ({
  name: "试算平衡",
  rows: [
    ["科目代码", "科目 account", "地区", "险种", "付款方 payer", "借方 debit_fen", "贷方 credit_fen", "余额 balance_fen"],
    ...balance.rows.map((one) => [
      one.account,
      one.name_zh,
      one.province,
      one.scheme ?? "",
      one.payer,
      one.debit_fen,
      one.credit_fen,
      one.balance_fen,
    ]),
    ["", "合计 total", "", "", "", balance.debit_fen, balance.credit_fen, balance.debit_fen - balance.credit_fen],
  ],
})

/** Every table of the paper, each line with the id of the event that says so. */
export const workbookOf = (report: Report): Promise<Buffer> =>
  xlsxOf([engagementSheet, samplesSheet, itemsSheet, notesSheet, findingsSheet, balanceSheet].map((sheet) => sheet(report)))

/** Workbook, report and page, and `manifest.sha256` over them. */
export const zipOf = async (signed: SignedReport): Promise<Uint8Array> => {
  const file = fileOf(signed)
  const { engagement } = signed.report
  const files: Record<string, Uint8Array> = {
    [`${engagement}.xlsx`]: await workbookOf(signed.report),
    [`${engagement}.json`]: utf8(file),
    [`${engagement}.html`]: utf8(pageOf(signed, file)),
  }
  const manifest = Object.entries(files).map(([name, bytes]) => `${toHex(sha256(bytes))}  ${name}\n`)
  return storedZip.zip({ ...files, "manifest.sha256": utf8(manifest.join("")) })
}
