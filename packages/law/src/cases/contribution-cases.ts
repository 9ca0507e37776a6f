/** Worked cases about contributions: bases, rates and parts, late fees, months paid late, registration, subsidies, time limits. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained, Valued } from "../explain/explained.js"
import { builtInParameters } from "../parameters/built-in.js"
import { explainSplit } from "../rules/account-share.js"
import { askText } from "../rules/asked.js"
import {
  employerPart,
  explainBase,
  flexiblePart,
  individualPart,
  pensionRate,
  totalPart,
  undeclaredAmount,
  unemploymentPart,
} from "../rules/contribution-amounts.js"
import { explainDueDate } from "../rules/deadlines.js"
import { lateFee, lateFeeOwed } from "../rules/late-fee.js"
import { explainMakeUp } from "../rules/make-up.js"
import { explainRegistration } from "../rules/registration.js"
import { explainSubsidy } from "../rules/subsidy.js"
import type { Amounts, Case, CaseHandler } from "./case.js"
import { type Fields, fieldsOf, pick, textOf, yuanText } from "./read.js"
import {
  amount,
  count,
  dayIn,
  fenOf,
  flagOf,
  monthIn,
  provinceOf,
  provinceOfDocument,
  rateOf,
  ruleDateOf,
  stated,
  unsupported,
  wholeOf,
} from "./relation-input.js"

type Channel = "employee" | "flexible"
const channelOf = (input: Fields): Channel => {
  const text = textOf(input, "channel", "capacity", "type", "status", "payer") ?? ""
  return flagOf(input, "flexible", "flexibleWorker") === true || /flexible|灵活|self|individual worker/i.test(text)
    ? "flexible"
    : "employee"
}

const monthOf = (input: Fields): YearMonth | null =>
  monthIn(pick(input, "month", "period", "on", "date")) ?? monthIn(`${textOf(input, "year") ?? ""}-07`)

const placeOf = (example: Case, input: Fields): ProvinceCode | null =>
  provinceOf(input, "province", "place", "city", "region") ??
  provinceOfDocument(example["source"]) ??
  provinceOfDocument(example["basis"])

/** A day on which today's rules are in force, for cases without a month. */
const today: YearMonth = "2025-08" as YearMonth

type Known = {
  readonly input: Fields
  readonly province: ProvinceCode | null
  readonly on: YearMonth
  readonly base: Valued<number>
}

/** A rate that the case states, else the published one. */
const rateFor = ({ input, province, on }: Known, key: "employer" | "individual" | "flexible"): Valued<string> | null => {
  const said = rateOf(input, `${key}Rate`, ...(key === "flexible" ? ["rate", "pensionRate"] : []))
  return said === null ? pensionRate(builtInParameters, key, province, on) : stated(said, "rate")
}

/** Where a payment of the month goes. */
const splitOf = (known: Known, channel: Channel, employer: number, personal: number) =>
  explainSplit(builtInParameters, {
    scheme: stated("110", "code"),
    capacity: channel,
    from: known.on,
    to: known.on,
    base: known.base,
    employer: amount(employer),
    personal: amount(personal),
    subsidy: amount(0),
  })

const unemploymentOf = ({ input, province, on, base }: Known): Explained<number> | null => {
  const said = rateOf(input, "unemploymentRate")
  const ask = (key: string) => askText(builtInParameters, { family: "unemployment-rate", province, key, on })
  const rate = said === null ? (ask("flexible") ?? ask("temporary-total")) : stated(said, "rate")
  return rate === null ? null : unemploymentPart(base, rate)
}

const flexibleParts = (known: Known): Amounts | null => {
  const rate = rateFor(known, "flexible")
  if (rate === null) return null
  const paid = flexiblePart(known.base, rate)
  const { account, pooled } = splitOf(known, "flexible", 0, paid.value)
  const unemployment = unemploymentOf(known)
  return {
    pension: yuanText(paid.value),
    individual: yuanText(paid.value),
    flexible: yuanText(paid.value),
    employer: "0.00",
    account: yuanText(account.value),
    pooled: yuanText(pooled.value),
    ...(unemployment === null ? {} : { unemployment: yuanText(unemployment.value) }),
    total: yuanText(paid.value),
  }
}

const employeeParts = (known: Known): Amounts | null => {
  const [said, own] = [
    fenOf(known.input, "employer", "employerPaid"),
    fenOf(known.input, "individual", "personal", "individualPaid"),
  ]
  const [employerRate, individualRate] = [rateFor(known, "employer"), rateFor(known, "individual")]
  const employer = said === null ? (employerRate === null ? null : employerPart(known.base, employerRate)) : amount(said)
  const individual = own === null ? (individualRate === null ? null : individualPart(known.base, individualRate)) : amount(own)
  if (employer === null || individual === null) return null
  const total = totalPart([employer, individual])
  const { account, pooled } = splitOf(known, "employee", employer.value, individual.value)
  return {
    employer: yuanText(employer.value),
    individual: yuanText(individual.value),
    personal: yuanText(individual.value),
    pension: yuanText(total.value),
    total: yuanText(total.value),
    account: yuanText(account.value),
    pooled: yuanText(pooled.value),
  }
}

const wageNames = ["wage", "income", "salary", "declared", "declaredBase", "declaredWage", "monthlyWage"] as const

const contributionCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const previous = fenOf(input, "previous", "previousMonth", "previousAmount", "lastMonth", "previousMonthAmount")
  if (previous !== null) return undeclaredCase(example)
  const [province, month] = [placeOf(example, input), monthOf(input)]
  const on = month ?? today
  const wage = fenOf(input, ...wageNames)
  const given = fenOf(input, "base", "unitBaseTotal", "monthlyBase")
  if (wage === null && given === null) return unsupported("neither a base nor a wage")
  if (given === null && (province === null || month === null))
    return unsupported("a wage needs its province and month: the limits are theirs")
  const limited = wage === null || province === null ? null : explainBase(builtInParameters, { on, province, wage: amount(wage) })
  const base = given === null ? (limited ?? amount(wage ?? 0)) : amount(given)
  const known: Known = { input, province, on, base }
  const parts = channelOf(input) === "flexible" ? flexibleParts(known) : employeeParts(known)
  if (parts === null && limited === null) return unsupported(`no rate is known for ${province ?? "the nation"} in ${on}`)
  const clamped = limited === null || limited.value === wage ? null : limited.value > (wage ?? 0) ? "floor" : "ceiling"
  return { got: { base: yuanText(base.value), clamped, ...parts } }
}

const undeclaredCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const previous = fenOf(input, "previous", "previousMonth", "previousAmount", "lastMonth", "previousMonthAmount")
  if (previous === null) return unsupported("no amount of the month before")
  const owed = yuanText(undeclaredAmount(monthOf(input) ?? today, amount(previous)).value)
  return { got: { amount: owed, owed, due: owed, total: owed, contribution: owed } }
}

const day_ms = 86_400_000
const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / day_ms
/** The law of higher rank and lower rate is in force from this day. */
const lawDay = "2011-07-01"

/** The days of arrears under each rate: one stretch, or two when they began before the law. */
const stretches = (input: Fields): readonly { readonly on: string; readonly days: number }[] => {
  const days = wholeOf(input, "days", "daysLate", "lateDays")
  const from = dayIn(pick(input, "from", "due", "dueDate", "since"))
  const to = dayIn(pick(input, "to", "paidOn", "paid", "until"))
  if (days !== null) return [{ on: ruleDateOf(input, to ?? "2025-06-01"), days }]
  if (from === null || to === null) return []
  if (from >= lawDay || to <= lawDay) return [{ on: from >= lawDay ? to : from, days: daysFrom(from, to) }]
  return [
    { on: from, days: daysFrom(from, lawDay) },
    { on: to, days: daysFrom(lawDay, to) },
  ]
}

const lateFeeCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const arrears = fenOf(input, "arrears", "amount", "owed", "unpaid")
  const parts = stretches(input)
  if (arrears === null || parts.length === 0) return unsupported("no arrears, or neither days nor both ends")
  const fees = parts.map(({ on, days }) => lateFee({ on, arrears: amount(arrears), days: count(days, "days") }))
  const fee = lateFeeOwed(parts.at(-1)?.on ?? lawDay, stated(channelOf(input), "code"), fees)
  const total = totalPart([amount(arrears), fee])
  return {
    got: {
      fee: yuanText(fee.value),
      lateFee: yuanText(fee.value),
      total: yuanText(total.value),
      days: parts.reduce((sum, one) => sum + one.days, 0),
    },
  }
}

const makeUpCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const month = monthIn(pick(input, "month", "period", "missing"))
  const on = dayIn(pick(input, "paidOn", "on", "asOf", "date", "paid"))
  if (month === null || on === null) return unsupported("no month, or no day of payment or question")
  const { until, makeUp, counts } = explainMakeUp({
    channel: stated(
      pick(input, "channel", "capacity", "type", "status", "payer", "flexible") === undefined ? "flexible" : channelOf(input),
      "code",
    ),
    month: stated<string>(month, "month"),
    on: stated(on, "date"),
    province: provinceOf(input, "province", "place"),
  })
  const payable = makeUp.value !== "closed"
  return {
    got: {
      payableUntil: until.value,
      until: until.value,
      stillPayable: payable,
      payable,
      valid: counts.value,
      counts: counts.value,
      countsFor: counts.value ? month : null,
      kind: makeUp.value,
      needsRuling: makeUp.needsRuling !== null,
    },
  }
}

const registrationCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const started = dayIn(pick(input, "started", "start", "employed", "employmentStart", "from"))
  if (started === null) return unsupported("no first day of work")
  const registered = dayIn(pick(input, "registered", "registeredOn", "registration", "on")) ?? started
  const found = explainRegistration(builtInParameters, {
    started: stated(started as DateText, "date"),
    registered: stated(registered as DateText, "date"),
  })
  if (found === null) return unsupported("no limit was in force that day")
  const days = found.daysLate.value
  return { got: { due: found.due.value, deadline: found.due.value, daysLate: days, late: days > 0, inTime: days === 0 } }
}

const subsidyCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const [income, floor] = [fenOf(input, ...wageNames), fenOf(input, "floor", "baseFloor")]
  if (income === null || floor === null) return unsupported("no income or no floor of the base")
  const owed = fenOf(input, "owed", "contribution", "due", "paid") ?? flexiblePart(amount(floor), stated("0.2", "rate")).value
  const { rate, amount: part } = explainSubsidy({
    on: ruleDateOf(input),
    income: amount(income),
    floor: amount(floor),
    owed: amount(owed),
  })
  return {
    got: { rate: rate.value, subsidyRate: rate.value, subsidy: yuanText(part.value), needsRuling: rate.needsRuling !== null },
  }
}

const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1)

/** A process by its key, by the name that its limit was collected under, or by words of both. */
const processOf = (text: string): string | null => {
  const limits = builtInParameters.all.flatMap(({ family, key, note }) =>
    family === "deadline" && key !== null ? [{ key, name: (note ?? "").split(";")[0] ?? "" }] : [],
  )
  const exactly = limits.find(({ key, name }) => key === text || name === text || (text.length > 8 && name.startsWith(text)))
  if (exactly !== undefined) return exactly.key
  const wanted = new Set(wordsOf(text))
  const scored = limits
    .map(({ key, name }) => ({ key, score: new Set(wordsOf(`${key} ${name}`).filter((word) => wanted.has(word))).size }))
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  return best !== undefined && best.score > 1 && best.score > (second?.score ?? 0) ? best.key : null
}

const deadlineCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const process = processOf(textOf(input, "process", "step", "what") ?? "")
  const from = dayIn(pick(input, "from", "start", "application", "on"))
  if (process === null || from === null) return unsupported("no process with a known limit, or no first day")
  const due = explainDueDate(builtInParameters, { process, from: stated(from as DateText, "date") })
  return due === null
    ? unsupported(`no limit of ${process} was in force that day`)
    : { got: { due: due.value, deadline: due.value, lastDay: due.value } }
}

export const contributionCases: Readonly<Record<string, CaseHandler>> = {
  contribution: contributionCase,
  undeclared: undeclaredCase,
  "late fee": lateFeeCase,
  arrears: lateFeeCase,
  deferral: makeUpCase,
  "make-up": makeUpCase,
  "late month": makeUpCase,
  registration: registrationCase,
  subsidy: subsidyCase,
  deadline: deadlineCase,
  "time limit": deadlineCase,
}
