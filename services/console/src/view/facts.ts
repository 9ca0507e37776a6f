/** Facts of an explanation. */
import type { Language } from "./places.js"

/** Whether a fact's months (`2023-01..2023-03 2023-05`) hold the month; a fact about no month holds none. */
export const covers = (months: string | null, month: string): boolean =>
  (months ?? "")
    .split(" ")
    .filter((one) => one !== "")
    .some((one) => {
      const [from = "", to = from] = one.split("..")
      return from <= month && month <= to
    })

/** The facts that move a number of a relation, by their names in contracts. */
const names: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  EnrollmentOpened: { zh: "参保登记", en: "Enrolled" },
  ContributionRecorded: { zh: "缴费入账", en: "Contribution" },
  ContributionCorrected: { zh: "缴费更正", en: "Contribution corrected" },
  ContributionReversed: { zh: "缴费冲销", en: "Contribution reversed" },
  ContributionRefunded: { zh: "缴费清退", en: "Contribution refunded" },
  SubsidyCredited: { zh: "补贴入账", en: "Subsidy" },
  InterestCredited: { zh: "利息入账", en: "Interest" },
  TransferredOut: { zh: "转出", en: "Transferred out" },
  TransferredIn: { zh: "转入", en: "Transferred in" },
}

/** `ContributionRecorded@1` -> `缴费入账`; a type without a name is shown as it is. */
export const factName = (type: string, language: Language): string => names[type.split("@")[0] ?? ""]?.[language] ?? type
