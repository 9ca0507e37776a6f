/**
 * For tests: a woman from Anhui who worked in Anhui, Guangdong and Shanghai. Two months are paid twice, one stretch is missing,
 * Anhui's years have been brought to Shanghai, Guangdong's leg is late.
 */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { type EnrollmentEvent, streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import type { DateText, LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import { addMonths, month, monthsBetween } from "@tongzhang/domain/month"
import type { Fen } from "@tongzhang/domain/money"
import { caseIdOf, streamOf as overlapStream } from "@tongzhang/domain/overlap"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { streamOf as transferStream, transferIdOf } from "@tongzhang/domain/transfer"
import { type FactLog, factLog } from "./facts.js"

export const worker = "5f4dcc3b5aa765d61d8327deb882cf99" as PersonKey
export const workerTransfer: TransferId = transferIdOf(worker, "1")

const date = (text: string): DateText => text as DateText
const fen = (value: number): Fen => value as Fen
const at = (province: ProvinceCode, scheme: SchemeCode = "110"): StreamName =>
  enrollmentStream({ province, scheme, person: worker })

const opened = (from: string, employer: string): EnrollmentEvent => ({
  type: "EnrollmentOpened",
  from: month(from),
  capacity: "employee",
  employer,
  temporary: false,
})

/** One line per month, 20 % and 8 % of the base. */
const paidMonthly = (from: string, to: string, base: number, kind: "regular" | "late" = "regular"): EnrollmentEvent[] =>
  Array.from({ length: monthsBetween(month(from), month(to)) }, (_, i) => {
    const of = addMonths(month(from), i)
    return {
      type: "ContributionRecorded",
      kind,
      line: `${of}-${kind}` as LineId,
      from: of,
      to: of,
      paidOn: date(`${of}-15`),
      base_fen: fen(base),
      employer_fen: fen(base / 5),
      personal_fen: fen((base * 8) / 100),
      subsidy_fen: fen(0),
      pooled_fen: fen(base / 5),
      account_fen: fen((base * 8) / 100),
    }
  })

const anhui = {
  months: [{ from: month("2005-01"), to: month("2008-12") }],
  account_fen: fen(576_000),
  pooled_fen: fen(864_000),
  bases_fen: fen(7_200_000),
}
const guangdong = {
  months: [
    { from: month("2010-03"), to: month("2012-04") },
    { from: month("2012-08"), to: month("2015-06") },
  ],
  account_fen: fen(1_464_000),
  pooled_fen: fen(2_196_000),
  bases_fen: fen(18_300_000),
}

const work = (log: FactLog): void => {
  log.add(personStream(worker), {
    type: "PersonRegistered",
    sex: "female",
    birthMonth: month("1983-07"),
    hukou: "34",
    sealed: "sealed",
    nameIndex: "n1",
  })
  log.add(at("34"), opened("2005-01", "A1"), ...paidMonthly("2005-01", "2008-12", 150_000), {
    type: "EnrollmentClosed",
    to: month("2008-12"),
    reason: "left for Guangdong",
  })
  log.add(
    at("44"),
    opened("2010-03", "G1"),
    ...paidMonthly("2010-03", "2012-04", 300_000),
    { type: "EnrollmentSuspended", from: month("2012-05"), reason: "childbirth" },
    { type: "EnrollmentResumed", from: month("2012-08") },
    ...paidMonthly("2012-08", "2015-06", 300_000),
    { type: "EnrollmentClosed", to: month("2015-06"), reason: "left for Shanghai" },
  )
  log.add(
    at("31"),
    opened("2015-05", "S1"),
    ...paidMonthly("2015-05", "2016-12", 500_000),
    { type: "CapacityChanged", from: month("2017-01"), capacity: "flexible", employer: null },
    ...paidMonthly("2017-01", "2017-06", 400_000),
    ...paidMonthly("2017-09", "2017-10", 400_000, "late"),
    { type: "InterestCredited", year: 2016, rate_bp: 831, amount_fen: fen(40_000) },
  )
  log.add(at("31", "310"), opened("2015-05", "S1"), ...paidMonthly("2015-05", "2016-12", 500_000))
}

const move = (log: FactLog): void => {
  const leg = { planned: { temporary: false } }
  log.add(
    transferStream(workerTransfer),
    { type: "TransferRequested", person: worker, scheme: "110", to: "31", on: date("2018-01-08") },
    {
      type: "TransferPlanned",
      legs: [
        { from: "34", ...leg.planned, ...anhui },
        { from: "44", ...leg.planned, ...guangdong },
      ],
      placeOfReceipt: { province: "31", rule: "66号 Art 6(1)" },
      letterDue: date("2018-01-29"),
    },
    { type: "ContactLetterIssued", leg: "34", letterNo: "31-34-1", on: date("2018-01-15"), due: date("2018-02-05") },
    { type: "ContactLetterIssued", leg: "44", letterNo: "31-44-1", on: date("2018-01-15"), due: date("2018-02-05") },
  )
  log.add(at("34"), { type: "TransferredOut", transferId: workerTransfer, to: "31", ...anhui })
  log.add(
    transferStream(workerTransfer),
    { type: "StatementReceived", leg: "34", on: date("2018-01-25"), due: date("2018-02-22"), ...anhui },
    {
      type: "MoneyReceived",
      leg: "34",
      remittance: "R1",
      account_fen: anhui.account_fen,
      pooled_fen: anhui.pooled_fen,
      on: date("2018-02-01"),
    },
    { type: "LegReconciled", leg: "34", on: date("2018-02-01"), due: date("2018-02-28") },
    { type: "ReminderSent", leg: "44", step: "statement", due: date("2018-02-05"), on: date("2018-02-02") },
    { type: "LegEscalated", leg: "44", step: "statement", due: date("2018-02-05"), on: date("2018-02-06") },
  )
  log.add(at("31"), { type: "TransferredIn", transferId: workerTransfer, from: "34", ...anhui })
  log.add(transferStream(workerTransfer), { type: "LegBooked", leg: "34", on: date("2018-02-09") })
}

const duplicate = (log: FactLog): void => {
  const id = caseIdOf("31_110", "44_110")
  const months = [{ from: month("2015-05"), to: month("2015-06") }]
  log.add(
    overlapStream(worker, "pension"),
    { type: "OverlapDetected", case: id, kind: "EMP-EMP", sides: ["31_110", "44_110"], months },
    { type: "OverlapNotified", case: id, provinces: ["31", "44"] },
    {
      type: "ResolutionProposed",
      case: id,
      recommended: "31_110",
      options: [
        { keep: "31_110", drop: "44_110", months, refund_fen: fen(48_000), legal: "人社部发〔2009〕187号" },
        { keep: "44_110", drop: "31_110", months, refund_fen: fen(80_000), legal: "人社部发〔2009〕187号" },
      ],
    },
  )
}

/** The facts in the order in which they came. */
export const threeProvinces = (): FactLog => {
  const log = factLog()
  work(log)
  duplicate(log)
  move(log)
  return log
}
