/** Worked cases about the money of a transfer and months that do not travel. */
import { monthsBetween } from "@tongzhang/domain/month"
import { exact, fenOf as fenOfExact, applyRounding, toFen } from "../explain/exact.js"
import type { Explained, Valued } from "../explain/explained.js"
import {
  explainTemporaryMoney,
  explainTransferMoney,
  partBases,
  rateCorrection,
  transferTotal,
  yearBases,
} from "../rules/transfer-money-explained.js"
import { untransferableMonths } from "../rules/untransferable.js"
import { retireeMonths } from "./account-cases.js"
import type { CaseHandler } from "./case.js"
import { type Fields, fieldsOf, pick, yuanText } from "./read.js"
import {
  amount,
  count,
  dayIn,
  fenOf,
  fieldsIn,
  flagOf,
  monthIn,
  provinceOf,
  rateOf,
  ruleDateOf,
  stated,
  unsupported,
  wholeOf,
} from "./relation-input.js"

const rateNames = ["bookedRate", "accountRate", "bookedAccountRate", "accountRateBooked"] as const
const heldNames = [
  "untransferable",
  "untransferableMonths",
  "excludedMonths",
  "lumpSumWithoutLegalDocument",
  "oneOffWithoutDocument",
] as const

type Row = { readonly bases: Explained<number>; readonly correction: Explained<number> | null }

/** A year of 信息表(二), or a range of months on one base. */
const rowOf = (row: Fields, input: Fields, on: string): Row | null => {
  const base = fenOf(row, "base", "monthlyBase", "averageBase")
  const [from, to] = [monthIn(pick(row, "from", "start")), monthIn(pick(row, "to", "end"))]
  const year = wholeOf(row, "year") ?? (from === null ? null : Number(from.slice(0, 4)))
  if (base === null || year === null) return null
  const months =
    wholeOf(row, "months", "monthsPaid", "paidMonths") ?? (from !== null && to !== null ? monthsBetween(from, to) : 12)
  const held = wholeOf(row, ...heldNames) ?? 0
  const ranged = from !== null && to !== null && held === 0 && monthsBetween(from, to) === months
  const bases = ranged
    ? partBases({ base: amount(base), from: stated<string>(from, "month"), to: stated<string>(to, "month") })
    : yearBases({ year: count(year, "count"), base: amount(base), months: count(months), untransferable: count(held) })
  const booked = rateOf(row, ...rateNames) ?? rateOf(input, ...rateNames)
  if (booked === null) return { bases, correction: null }
  const operands = {
    year: count(year, "count"),
    bookedRate: stated(booked, "rate"),
    base: amount(base),
    months: count(months - held),
  }
  return { bases, correction: rateCorrection(on, operands) }
}

const balanceNames = ["accountBalance", "account", "balance", "accountSince1998", "accountAmount"] as const
const earlyNames = [
  "pre1998IndividualPrincipalAndInterest",
  "individualPrincipalAndInterest",
  "individualBefore1998",
  "pre1998Individual",
] as const

const balancesOf = (input: Fields): readonly Valued<number>[] => {
  const since = flagOf(input, "onlyBefore1998") === true ? null : fenOf(input, ...balanceNames)
  return [fenOf(input, ...earlyNames), since, fenOf(input, "interest", "accountInterest")].flatMap((one) =>
    one === null ? [] : [amount(one)],
  )
}

/** Months of one base at the top of the input. */
const single = (input: Fields): readonly Fields[] =>
  fenOf(input, "base", "monthlyBase") === null ? [] : [{ year: 2020, ...input }]

const temporaryMoney = (input: Fields, on: string): ReturnType<CaseHandler> => {
  const rows = fieldsIn(pick(input, "years", "rows", "segments"))
  const names = ["employerRate", "individualRate"] as const
  const parts = (rows.length > 0 ? rows : [input]).flatMap((row) => {
    const base = fenOf(row, "base", "monthlyBase")
    const months = wholeOf(row, "months", "monthsPaid") ?? 12
    return names.flatMap((name) => {
      const rate = rateOf(row, name) ?? rateOf(input, name) ?? (name === "employerRate" ? "0.16" : "0.08")
      const paid = fenOf(row, name === "employerRate" ? "employer" : "individual")
      if (paid !== null) return [amount(paid, name)]
      return base === null ? [] : [amount(fenOfExact(applyRounding(exact(base).mul(months).mul(rate), toFen)), name)]
    })
  })
  const known = ["interest", "accountBalance", "pooledBalance", "balance", "principal"].flatMap(
    (name) => fenOf(input, name) ?? [],
  )
  if (parts.length + known.length === 0) return unsupported("nothing says what is in the temporary account")
  const moved = yuanText(explainTemporaryMoney(on, [...parts, ...known.map((one) => amount(one))]).value)
  return { got: { moved, total: moved } }
}

const moneyCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const on = ruleDateOf(input, dayIn(pick(input, "transferDate", "transferOn")) ?? "2026-01-01")
  if (flagOf(input, "temporary", "temporaryAccount") === true) return temporaryMoney(input, on)
  const listed = fieldsIn(pick(input, "years", "rows", "segments", "months"))
  const rows = (listed.length > 0 ? listed : single(input)).map((row) => rowOf(row, input, on))
  if (rows.includes(null)) return unsupported("a row has no base or no year")
  const found = rows.filter((row) => row !== null)
  const sum = fenOf(input, "baseSumSince1998", "basesSince1998", "baseSum", "sumOfBases")
  const balances = balancesOf(input)
  if (balances.length + found.length === 0 && sum === null) return unsupported("neither a balance nor bases")
  const [from, to] = [provinceOf(input, "from", "origin", "fromProvince"), provinceOf(input, "to", "destination", "toProvince")]
  const within = flagOf(input, "sameProvince", "withinProvince", "insideProvince") ?? (from !== null && from === to)
  const drawing = flagOf(input, "drawing", "pensioner", "retired", "receivingPension") ?? false
  const early = flagOf(input, "onlyBefore1998") === true
  const money = explainTransferMoney({
    on,
    balances,
    corrections: found.flatMap((row) => row.correction ?? []),
    bases: early ? [] : [...found.map((row) => row.bases), ...(sum === null ? [] : [amount(sum)])],
    sameProvince: stated(within, "flag"),
    drawingPension: stated(drawing, "flag"),
  })
  const corrections = found.reduce((total, row) => total + (row.correction?.value ?? 0), 0)
  const shown = (value: number): string => yuanText(within || drawing ? 0 : value)
  return {
    got: {
      account: shown(money.account.value),
      pooled: shown(money.pooled.value),
      total: yuanText(money.total.value),
      moved: yuanText(money.total.value),
      baseSum: yuanText(found.reduce((total, row) => total + row.bases.value, sum ?? 0)),
      correction: yuanText(corrections),
      accountCorrection: yuanText(corrections),
    },
  }
}

/** 申请表 of the auditors' standard: account and pooled money as printed. */
const auditTransfer: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const [account, pooled] = [fenOf(input, "account", "accountAmount"), fenOf(input, "pooled", "pooledAmount")]
  if (account === null || pooled === null) return unsupported("no account or no pooled amount")
  const total = transferTotal({ on: ruleDateOf(input) }, amount(account), amount(pooled))
  const months = retireeMonths(input)
  return {
    got: {
      ...("got" in months ? months.got : {}),
      account: yuanText(account),
      pooled: yuanText(pooled),
      total: yuanText(total.value),
    },
  }
}

const oneOffCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const months = wholeOf(input, "months", "lumpSum", "lumpSumMonths", "oneOffMonths")
  const paidOn = dayIn(pick(input, "paidOn", "paid", "paymentDate"))
  if (months === null || paidOn === null) return unsupported("no months or no day of payment")
  const documented = flagOf(input, "legalDocument", "document", "hasDocument") === true
  const documentOn = dayIn(pick(input, "documentOn", "documentDate", "legalDocumentDate")) ?? (documented ? "1990-01-01" : null)
  const held = untransferableMonths(ruleDateOf(input), {
    months: count(months),
    paidOn: stated(paidOn, "date"),
    committed: stated(flagOf(input, "commitment", "committed", "writtenCommitment") ?? false, "flag"),
    documentOn: stated(documentOn, "date"),
  }).value
  return {
    got: {
      untransferable: held,
      untransferableMonths: held,
      transferableMonths: months - held,
      transferable: held === 0,
      travels: held === 0,
    },
  }
}

export const moneyCases: Readonly<Record<string, CaseHandler>> = {
  "transfer money": moneyCase,
  "money of a transfer": moneyCase,
  "audit sample transfer": auditTransfer,
  "one-off payment": oneOffCase,
  "lump sum": oneOffCase,
  untransferable: oneOffCase,
}
