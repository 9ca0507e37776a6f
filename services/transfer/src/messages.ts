/** What happened and what is waited for, in words a person reads: never a bare 办理中. */
import { type ProvinceCode, provinces } from "@tongzhang/domain/codes"
import { formatYuan } from "@tongzhang/domain/money"
import { ofRanges, size } from "@tongzhang/domain/month-set"
import type { Step, TransferEvent } from "@tongzhang/domain/transfer"

export type Words = { readonly zh: string; readonly en: string }
const words = (zh: string, en: string): Words => ({ zh, en })

export const nameOf = (province: ProvinceCode): Words => provinces[province]

const stepWords: Readonly<Record<Step, Words>> = {
  letter: words("发出联系函", "the contact letter"),
  statement: words("发出信息表", "the statement"),
  money: words("基金到账", "the money"),
  booking: words("转入记账", "the booking"),
}
export const stepName = (step: Step): Words => stepWords[step]

const total = (part: { readonly account_fen: number; readonly pooled_fen: number }): string =>
  formatYuan((part.account_fen + part.pooled_fen) as Parameters<typeof formatYuan>[0])

type OfLeg = Extract<TransferEvent, { readonly leg: ProvinceCode }>

const legWords = (event: OfLeg): Words => {
  const from = nameOf(event.leg)
  switch (event.type) {
    case "ContactLetterIssued":
      return words(`已向${from.zh}发出联系函 ${event.letterNo}`, `Contact letter ${event.letterNo} sent to ${from.en}`)
    case "StatementReceived":
      return words(
        `${from.zh}发来信息表：${size(ofRanges(event.months))}个月，${total(event)}`,
        `${from.en} sent its statement: ${size(ofRanges(event.months))} months, ${total(event)}`,
      )
    case "MoneyReceived":
      return words(
        `${from.zh}基金到账 ${total(event)}（${event.remittance}）`,
        `Money from ${from.en} arrived: ${total(event)} (${event.remittance})`,
      )
    case "MoneyMismatchFound":
      return words(
        `${from.zh}信息表 ${formatYuan(event.stated_fen)} 与到账 ${formatYuan(event.received_fen)} 不符`,
        `${from.en} stated ${formatYuan(event.stated_fen)} but ${formatYuan(event.received_fen)} arrived`,
      )
    case "LegReconciled":
      return words(`${from.zh}信息与基金核对一致`, `Statement and money of ${from.en} agree`)
    case "LegDisputed":
      return words(`${from.zh}分段有争议：${event.reason}`, `The leg from ${from.en} is disputed: ${event.reason}`)
    case "DisputeSettled":
      return words(`${from.zh}分段争议已解决：${event.note}`, `The dispute with ${from.en} is settled: ${event.note}`)
    case "ReminderSent":
      return words(
        `已提醒：${stepName(event.step).zh}期限 ${event.due}`,
        `Reminder sent: ${stepName(event.step).en} is due on ${event.due}`,
      )
    case "LegEscalated":
      return words(
        `${stepName(event.step).zh}已逾期（${event.due}），转国家平台督办`,
        `${stepName(event.step).en} was due on ${event.due}: escalated to the center`,
      )
    case "LegBooked":
      return words(`${from.zh}的年限和基金已转入记账`, `Months and money from ${from.en} are booked`)
    case "LegFailed":
      return words(`${from.zh}分段不能转移：${event.reason}`, `The leg from ${from.en} cannot be transferred: ${event.reason}`)
  }
}

/** The line of the history that an event is. */
export const wordsOf = (event: TransferEvent): Words => {
  if ("leg" in event) return legWords(event)
  switch (event.type) {
    case "TransferRequested":
      return words(`已受理，转入${nameOf(event.to).zh}`, `Application taken, to ${nameOf(event.to).en}`)
    case "TransferPlanned":
      return words(
        `已生成方案：${event.legs.map((leg) => nameOf(leg.from).zh).join("、")}共${event.legs.length}段`,
        `Planned: ${event.legs.length} legs from ${event.legs.map((leg) => nameOf(leg.from).en).join(", ")}`,
      )
    case "TransferCompleted":
      return words(
        `已办结：${event.months_total}个月，${total(event)}`,
        `Completed: ${event.months_total} months, ${total(event)}`,
      )
    case "TransferReturned":
      return words(`已退回：${event.reason}`, `Returned: ${event.reason}`)
  }
}
