/** Worked cases about the link of the two pension schemes, medical and unemployment insurance, and occupational injury cover. */
import type { YearMonth } from "@tongzhang/domain/month"
import type { Capacity, ProvinceCode } from "@tongzhang/domain/codes"
import { exact } from "../explain/exact.js"
import { builtInParameters } from "../parameters/built-in.js"
import { type InjuryIndustry, injuryDuplicate, injuryPremium } from "../rules/injury.js"
import { explainLink, linkMoney } from "../rules/link.js"
import { explainWaiting, medicalMoney, residentWaiting } from "../rules/medical.js"
import { explainKeep, type SideInquiry } from "../rules/overlap-keep.js"
import { residentRefund } from "../rules/overlap-refund.js"
import { benefitMonths, benefitStops, unemploymentMoney, unemploymentYears } from "../rules/unemployment.js"
import type { Amounts, CaseHandler } from "./case.js"
import { exactOf, type Fields, fieldsOf, isFields, numberOf, pick, textOf, yuanText } from "./read.js"
import {
  amount,
  count,
  fenOf,
  fieldsIn,
  flagOf,
  listOf,
  monthIn,
  provinceOf,
  ruleDateOf,
  stated,
  unsupported,
  wholeOf,
} from "./relation-input.js"

/** When the statutory age is reached: `"reached 2032"`, `2032`, `2032-05`, `"not reached"`. */
const ageReached = (input: Fields): { readonly reached: string; readonly atAge: boolean } => {
  const text = textOf(input, "statutoryAge", "reached", "retire", "statutoryMonth", "year") ?? ""
  const year = /\d{4}(-\d{2})?/.exec(text)?.[0] ?? "2026"
  return {
    reached: year,
    atAge: !/not|before|未/i.test(text) && flagOf(input, "atStatutoryAge", "atAge", "ageReached") !== false,
  }
}

const monthsOf = (input: Fields, ...names: readonly string[]): number | null => {
  const years = numberOf(input, ...names.map((name) => name.replace("Months", "Years")))
  return wholeOf(input, ...names) ?? (years === null ? null : years.mul(12).valueOf())
}

const linkCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const employee = monthsOf(input, "employeeMonths") ?? 0
  const resident = monthsOf(input, "residentMonths") ?? 0
  const { reached, atAge } = ageReached(input)
  const shared = wholeOf(input, "overlapMonths", "sharedMonths") ?? 0
  const on = ruleDateOf(input, reached.length === 4 ? `${reached}-12-31` : `${reached}-28`)
  const drawing = flagOf(input, "drawing", "receiving", "alreadyDrawing") ?? false
  const link = explainLink(builtInParameters, {
    on,
    reached,
    employee: count(employee),
    resident: count(resident),
    atAge: stated(atAge, "flag"),
    drawing: stated(drawing, "flag"),
    shared: count(shared),
  })
  if (link === null) return unsupported(`no minimum months are known for ${reached}`)
  const account = fenOf(input, "account", "accountBalance", "employeeAccount", "residentAccount")
  const individual = fenOf(input, "residentIndividual", "individual")
  const year = { individual: amount(individual ?? 0), collective: amount(fenOf(input, "collective") ?? 0), months: count(shared) }
  const unsettled = link.direction.needsRuling !== null
  return {
    got: {
      direction: link.direction.value,
      pension: link.pension.value,
      minMonths: link.minimum.value,
      minimumMonths: link.minimum.value,
      residentYearsCount: link.residentCounts.value,
      residentMonthsCount: link.residentCounts.value,
      employeeYearsCount: link.employeeCounts.value,
      employeeMonthsCount: link.employeeCounts.value,
      countedMonths: link.months.value,
      totalMonths: link.months.value,
      accountMerges: link.direction.value !== null,
      pooledMoves: false,
      pooled: "0.00",
      allowed: atAge && !drawing,
      needsRuling: unsettled,
      flag: unsettled,
      ...(account === null ? {} : { account: yuanText(linkMoney(on, amount(account)).value) }),
      ...(individual === null ? {} : { refundToPerson: yuanText(residentRefund(on, year).value) }),
    },
  }
}

/** One side of a medical overlap: words, or fields. */
const wordsOf = (value: unknown): string =>
  isFields(value)
    ? Object.entries(value)
        .map(([key, one]) => `${key} ${JSON.stringify(one)}`)
        .join(", ")
    : typeof value === "string"
      ? value
      : ""

const unbrokenIn = (text: string): number | null => {
  const months = /(\d+)\s*(?:unbroken\s*)?(?:months?|个月)/i.exec(text) ?? /months?[^\d,]*(\d+)/i.exec(text)
  const years = /(\d+(?:\.\d+)?)\s*(?:unbroken\s*)?(?:years?|年)/i.exec(text) ?? /years?[^\d,]*(\d+(?:\.\d+)?)/i.exec(text)
  if (months !== null) return Number(months[1])
  return years === null ? null : Math.floor(Number(years[1]) * 12)
}

const not = (text: string): boolean => /not |no |cannot|without|未|不/i.test(text)
const medicalSide = (side: string, text: string): SideInquiry => {
  const flexible = /flexible|灵活/i.test(text)
  const worker = /employee|职工|worker|employed/i.test(text) && !/^resident|居民/i.test(text)
  const capacity: Capacity = !worker ? "resident" : flexible ? "flexible" : "employee"
  const former = /former|left|ended|previous|suspended|原单位|离职/i.test(text)
  const running = /benefit|usable|waiting|待遇/i.test(text)
  const unbroken = unbrokenIn(text)
  return {
    side,
    scheme: stated(worker ? "310" : "390", "code"),
    capacity: stated(capacity, "code"),
    months: count(unbroken ?? 0),
    province: stated<ProvinceCode>("11", "code"),
    openedFrom: stated<YearMonth | null>(null, "month"),
    active: stated(!former, "flag"),
    livesThere: stated(/living|lives|habitual|resides|常住|居住/i.test(text) && !/not living|不在/i.test(text), "flag"),
    studiesThere: stated(/student|school|university|college|学生|学籍|在校/i.test(text), "flag"),
    benefitsUsable: stated(running ? !not(text) && !/waiting/i.test(text) : !former && capacity !== "flexible", "flag"),
    unbroken: count(unbroken ?? 0),
  }
}

const medicalDuplicate = (input: Fields): ReturnType<CaseHandler> => {
  const [a, b] = [pick(input, "a", "first", "one"), pick(input, "b", "second", "other")]
  if (a === undefined || b === undefined) return unsupported("needs two medical relations")
  const on = ruleDateOf(input)
  const sides = [medicalSide("a", wordsOf(a)), medicalSide("b", wordsOf(b))] as const
  const { kept, ground } = explainKeep({ on, kind: "MED-MED", sides, hukou: stated<ProvinceCode | null>(null, "code") })
  if (ground === null) return unsupported("no rule was in force that day")
  const dropped = kept.value === null ? null : kept.value === "a" ? "b" : "a"
  return {
    got: {
      kept: ground.value,
      keptSide: kept.value,
      suspended: dropped,
      duplicate: true,
      needsRuling: kept.needsRuling !== null,
    },
  }
}

const medicalCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const on = ruleDateOf(input)
  const gap = wholeOf(input, "gapMonths", "gap", "breakMonths", "brokenMonths")
  const broken = wholeOf(input, "brokenYears", "yearsBroken")
  const account = fenOf(input, "account", "accountBalance")
  if (pick(input, "a", "first", "one") !== undefined) return medicalDuplicate(input)
  const money: Amounts =
    account === null ? {} : { money: yuanText(medicalMoney(on, amount(account)).value), moved: yuanText(account), pooled: "0.00" }
  if (broken !== null) {
    const late = {
      inTime: stated(flagOf(input, "inTime", "enrolledInTime") ?? false, "flag"),
      broken: count(broken, "count"),
      repaired: count(wholeOf(input, "repairedYears", "yearsPaidBack") ?? 0, "count"),
    }
    const months = residentWaiting(on, late).value
    return { got: { waitingMonths: months, waiting: months, ...money } }
  }
  if (gap === null) return account === null ? unsupported("no two relations, no gap and no account") : { got: money }
  const unbroken = wholeOf(input, "unbrokenMonths", "continuousMonths", "monthsBefore") ?? monthsOf(input, "unbrokenMonths") ?? 0
  const changes = flagOf(input, "changesScheme", "schemeChange", "otherScheme") ?? false
  const { payable, waiting } = explainWaiting({
    on,
    gap: count(gap),
    changesScheme: stated(changes, "flag"),
    unbroken: count(unbroken),
  })
  return {
    got: {
      payable: payable.value,
      canPayBack: payable.value,
      backPayment: payable.value,
      benefitsForGap: payable.value,
      waitingMonths: waiting.value,
      maxWaitingMonths: waiting.value,
      waiting: waiting.value > 0,
      needsRuling: waiting.needsRuling !== null,
      ...money,
    },
  }
}

const benefitFor = (on: string, years: string): number | null =>
  benefitMonths(builtInParameters, on, stated(years, "years"))?.value ?? null

/** Years or months paid, one or a list; null when the case has neither. */
const yearsPaid = (input: Fields): { readonly many: boolean; readonly years: readonly string[] } | null => {
  const value = pick(input, "years", "yearsPaid", "contributionYears")
  const found = value ?? pick(input, "months", "monthsPaid", "paidMonths", "contributionMonths")
  if (found === undefined) return null
  const years = listOf(found).flatMap((one) => exactOf(one) ?? [])
  return { many: Array.isArray(found), years: years.map((one) => (value === undefined ? one.div(12) : one).toFraction()) }
}

const benefitMonthsCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const on = ruleDateOf(input)
  const [origin, destination] = [
    wholeOf(input, "originMonths", "origin"),
    wholeOf(input, "destinationMonths", "destination", "newMonths"),
  ]
  if (origin !== null && destination !== null) {
    const months = benefitFor(on, unemploymentYears([count(origin), count(destination)]).value)
    return { got: { totalMonths: origin + destination, months, benefitMonths: months } }
  }
  const paid = yearsPaid(input)
  if (paid === null) return unsupported("neither years nor months paid")
  const months = paid.years.map((years) => benefitFor(on, years))
  if (months.includes(null)) return unsupported(`no months of benefit are known for ${on}`)
  const answer = paid.many ? months : (months[0] ?? null)
  return { got: { months: answer, benefitMonths: answer } }
}

/** A worker who changes province, or an unemployed person: the latter unless the case says otherwise. */
const employedIn = (input: Fields): boolean => {
  const unemployed = flagOf(input, "unemployed", "jobless")
  const status = textOf(input, "status", "person") ?? "unemployed"
  if (unemployed !== null) return !unemployed
  const said = flagOf(input, "employed", "working", "reemployed", "worker")
  return said ?? (/employed|worker|在职/i.test(status) && !/unemployed|失业/i.test(status))
}

const unemploymentCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const monthly = fenOf(input, "originMonthly", "monthly", "monthlyBenefit", "benefitMonthly")
  const paid = wholeOf(input, "contributionMonths", "originMonths", "paidMonths", "months")
  const on = ruleDateOf(input)
  const employed = employedIn(input)
  const left = wholeOf(input, "benefitMonthsLeft", "monthsLeft", "remainingMonths")
  if (paid === null || (monthly === null && left === null && paid >= 12 && !employed)) return benefitMonthsCase(example)
  const due = benefitFor(on, exact(paid).div(12).toFraction()) ?? 0
  const months = left ?? Math.max(0, due - (wholeOf(input, "benefitMonthsUsed", "monthsUsed") ?? 0))
  const money = unemploymentMoney({
    on,
    unemployed: stated(!employed, "flag"),
    paidMonths: count(paid),
    monthsLeft: count(months),
    monthly: amount(monthly ?? 0),
  })
  const total = wholeOf(input, "destinationMonths", "newMonths")
  return {
    got: {
      money: yuanText(money.value),
      moneyMoves: money.value > 0,
      relationMoves: true,
      relation: true,
      monthsCount: true,
      benefitMonths: due,
      benefitStops: benefitStops(on, stated(employed, "flag")).value,
      totalMonths: paid + (total ?? 0),
    },
  }
}

const industryOf = (text: string): InjuryIndustry | null =>
  /出行|ride|hail|taxi/i.test(text)
    ? "ride-hailing"
    : /配送|外卖|deliver|food/i.test(text)
      ? "instant-delivery"
      : /货运|freight|cargo/i.test(text)
        ? "city-freight"
        : null

/** Premium of one row of orders; null when it cannot be told. */
const premiumOf = (row: Fields, input: Fields): number | null => {
  const month = monthIn(pick(row, "month") ?? pick(input, "month", "date", "on"))
  const province = provinceOf(row, "province", "place") ?? provinceOf(input, "province", "place")
  const orders = wholeOf(row, "orders", "count", "number") ?? wholeOf(input, "ordersCount")
  const industry = industryOf(textOf(row, "industry", "kind") ?? textOf(input, "industry", "kind") ?? "")
  if (month === null || province === null || orders === null || industry === null) return null
  const said = wholeOf(row, "band", "tier") ?? wholeOf(input, "band", "tier")
  const band = said === 1 || said === 2 ? ({ band: said } as const) : {}
  const asked = {
    month,
    province,
    industry,
    orders: count(orders, "count"),
    ...band,
  } as const
  const perOrder = numberOf(row, "perOrder", "amountPerOrder") ?? numberOf(input, "perOrder", "amountPerOrder")
  const parameters = perOrder === null ? builtInParameters : { find: withPrice(perOrder.mul(100).toFraction()) }
  return injuryPremium(parameters, asked)?.value ?? null
}

/** The published tables, with the amount for an order that the case states. */
const withPrice =
  (value: string): typeof builtInParameters.find =>
  (question) => {
    const found = builtInParameters.find(
      question.family === "injury-per-order" ? { ...question, province: "50", on: "2025-09" } : question,
    )
    return found === null || question.family !== "injury-per-order" ? found : { ...found, id: "case/injury-per-order", value }
  }

const injuryCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const listed = fieldsIn(pick(input, "orders", "rows"))
  const premiums = (listed.length > 0 ? listed : [input]).map((row) => premiumOf(row, input))
  const duplicate = injuryDuplicate("2026-01-01", count(Math.max(1, listed.length), "count")).value
  const known = premiums.filter((one) => one !== null)
  const [province, month] = [provinceOf(input, "province", "place"), monthIn(pick(input, "month", "date", "on"))]
  const covered =
    province === null || month === null
      ? null
      : builtInParameters.find({ family: "injury-coverage", province, on: month })?.value === true
  const asks = (listed.length > 0 ? listed : [input]).some((row) => wholeOf(row, "orders", "count", "number") !== null)
  if (asks && known.length < premiums.length)
    return unsupported("needs industry, province, month and number of orders, at an amount for an order that is known")
  const total = known.reduce((sum, one) => sum + one, 0)
  const paid: Amounts =
    known.length < premiums.length
      ? {}
      : { premium: yuanText(total), total: yuanText(total), employer: yuanText(total), individual: "0.00" }
  return { got: { ...paid, covered, duplicate } }
}

export const schemeCases: Readonly<Record<string, CaseHandler>> = {
  "employee<->resident": linkCase,
  "employee <-> resident": linkCase,
  link: linkCase,
  medical: medicalCase,
  unemployment: unemploymentCase,
  "unemployment benefit": benefitMonthsCase,
  injury: injuryCase,
  "occupational injury": injuryCase,
  "per-order": injuryCase,
}
