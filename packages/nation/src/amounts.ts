/** What a payment comes to: bases between the province's limits, rates by province, channel and month. Sources: law.md §7. */
import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { addMonths, month, monthsBetween, monthsOf, type YearMonth, yearOf } from "@tongzhang/domain/month"
import { basisPoints, type Fen, fen, fraction, share, zero } from "@tongzhang/domain/money"
import { type BaseLimits, baseLimits } from "@tongzhang/law/rules/contribution"

export type Payment = {
  readonly base_fen: Fen
  readonly employer_fen: Fen
  readonly personal_fen: Fen
  readonly subsidy_fen: Fen
  readonly account_fen: Fen
}

const known = new Map<string, Pick<BaseLimits, "floor_fen" | "ceiling_fen">>()

/** The limits of the nearest month that has some, moved by 5 % a year: most provinces published nothing we could find before 2024. */
const nearest = (province: ProvinceCode, at: YearMonth): Pick<BaseLimits, "floor_fen" | "ceiling_fen"> => {
  for (let distance = 1; distance <= 120; distance++)
    for (const other of [addMonths(at, distance), addMonths(at, -distance)]) {
      const limits = baseLimits(province, other)
      if (limits === null) continue
      const years = yearOf(at) - yearOf(other)
      const [up, down] = years >= 0 ? [105, 100] : [100, 105]
      const move = (amount: Fen): Fen => fraction(amount, up ** Math.abs(years), down ** Math.abs(years), "up")
      return { floor_fen: move(limits.floor_fen), ceiling_fen: move(limits.ceiling_fen) }
    }
  // 新疆兵团 has no record of its own: as 新疆.
  return province === "66" ? limitsOf("65", at) : { floor_fen: fen(400_000), ceiling_fen: fen(2_000_000) }
}

const limitsOf = (province: ProvinceCode, at: YearMonth): Pick<BaseLimits, "floor_fen" | "ceiling_fen"> => {
  const key = `${province}${at}`
  const found = known.get(key) ?? baseLimits(province, at) ?? nearest(province, at)
  known.set(key, found)
  return found
}

/** A base good for every month of the range: `level_percent` of the highest floor, whole yuan, within all limits. */
export const baseFor = (province: ProvinceCode, from: YearMonth, to: YearMonth, level_percent: number): Fen => {
  let floor_fen = 0
  let ceiling_fen = Number.MAX_SAFE_INTEGER
  for (const each of monthsOf(from, to)) {
    const limits = limitsOf(province, each)
    floor_fen = Math.max(floor_fen, limits.floor_fen)
    ceiling_fen = Math.min(ceiling_fen, limits.ceiling_fen)
  }
  const wanted_fen = fraction(fen(floor_fen), level_percent, 100, "up")
  const whole_fen = Math.ceil(Math.min(wanted_fen, ceiling_fen) / 100) * 100
  return fen(whole_fen > ceiling_fen ? Math.floor(ceiling_fen / 100) * 100 : whole_fen)
}

/** Employer's pension rate in basis points: 16 % since 2019-05 (国办发〔2019〕13号), with the two provinces below it and 上海 above. */
export const employerRate_bp = (province: ProvinceCode, at: YearMonth): number => {
  if (province === "33") return at < "2022-01" ? 1_400 : 1_600
  // 广东: 14 % to 2021 is documented; the steps of 2022-2023 are from memory (law.md §7).
  if (province === "44") return at < "2023-01" ? 1_400 : at < "2024-01" ? 1_500 : 1_600
  return at < "2019-05" ? 2_000 : 1_600
}

/** A flexible worker's pension rate: 20 %, of which 8 to the account; 上海 24 % until 2024-02, 浙江 18 % before 2024. */
export const flexibleRate_bp = (province: ProvinceCode, at: YearMonth): number => {
  if (province === "31") return at < "2024-03" ? 2_400 : 2_000
  if (province === "33") return at < "2024-01" ? 1_800 : 2_000
  return 2_000
}

type Rates = { readonly employer_bp: number; readonly personal_bp: number; readonly account_bp: number }

/** Medical, unemployment, injury and maternity rates are one plausible set for the whole country: no rule here depends on them. */
const ratesOf = (scheme: SchemeCode, capacity: Capacity, province: ProvinceCode, at: YearMonth): Rates => {
  switch (scheme) {
    case "110":
      return capacity === "flexible"
        ? { employer_bp: 0, personal_bp: flexibleRate_bp(province, at), account_bp: 800 }
        : { employer_bp: employerRate_bp(province, at), personal_bp: 800, account_bp: 800 }
    case "310":
      return capacity === "flexible"
        ? { employer_bp: 0, personal_bp: province === "31" ? 1_000 : 850, account_bp: 0 }
        : { employer_bp: province === "31" ? 900 : 800, personal_bp: 200, account_bp: 200 }
    case "210":
      return { employer_bp: 50, personal_bp: 50, account_bp: 0 }
    case "410":
      return { employer_bp: 40, personal_bp: 0, account_bp: 0 }
    case "510":
      return { employer_bp: 80, personal_bp: 0, account_bp: 0 }
    case "120":
    case "170":
    case "390":
      throw new Error(`no monthly rates for scheme ${scheme}`)
  }
}

/** The payment of all months of the range together, on one base. */
export const monthlyPayment = (
  scheme: SchemeCode,
  capacity: Capacity,
  province: ProvinceCode,
  from: YearMonth,
  to: YearMonth,
  base_fen: Fen,
): Payment => {
  let [employer, personal, account] = [0, 0, 0]
  for (const each of monthsOf(from, to)) {
    const rates = ratesOf(scheme, capacity, province, each)
    employer += share(base_fen, basisPoints(rates.employer_bp))
    personal += share(base_fen, basisPoints(rates.personal_bp))
    account += share(base_fen, basisPoints(rates.account_bp))
  }
  return { base_fen, employer_fen: fen(employer), personal_fen: fen(personal), subsidy_fen: zero, account_fen: fen(account) }
}

/** Yearly steps of resident pension a person chooses from, in yuan: every province has at least these (resident-pension.json). */
export const residentSteps_yuan = [200, 300, 500, 800, 1_000, 2_000] as const
/** Personal payment and fiscal subsidy of resident medical insurance, yuan a year (national minimum of the year). */
const residentMedical_yuan: Readonly<Record<number, readonly [number, number]>> = {
  2019: [250, 520],
  2020: [280, 550],
  2021: [320, 580],
  2022: [350, 610],
  2023: [380, 640],
  2024: [400, 670],
  2025: [400, 700],
}

export const residentPayment = (scheme: "170" | "390", year: number, step_yuan: number): Payment => {
  if (scheme === "170") {
    const personal_fen = fen(step_yuan * 100)
    return { base_fen: zero, employer_fen: zero, personal_fen, subsidy_fen: zero, account_fen: personal_fen }
  }
  const [personal, subsidy] = residentMedical_yuan[year] ?? [400, 700]
  return {
    base_fen: zero,
    employer_fen: zero,
    personal_fen: fen(personal * 100),
    subsidy_fen: fen(subsidy * 100),
    account_fen: zero,
  }
}

/** Interest rates of the employee account, basis points (account-interest.json). */
export const interest_bp: Readonly<Record<number, number>> = {
  2019: 761,
  2020: 604,
  2021: 669,
  2022: 612,
  2023: 397,
  2024: 262,
  2025: 150,
}

/** A pension nobody was promised: basic and account part grow with the base and the months paid. */
export const awardFor = (province: ProvinceCode, from: YearMonth, level_percent: number) => {
  const base_fen = baseFor(province, from, from, level_percent)
  const years = 15 + (monthsBetween(month("1990-01"), from) % 20)
  const basic_fen = fraction(base_fen, years, 100, "half_up")
  const account_fen = fraction(fen(base_fen * 12 * years), 8, 100 * 139, "half_up")
  const transitional_fen = fraction(base_fen, 8, 100, "half_up")
  return { basic_fen, account_fen, transitional_fen, monthly_fen: fen(basic_fen + account_fen + transitional_fen) }
}
