/** Share of the base that goes to the personal account of the employee scheme, by month (个人账户记账规模). */
import type { Citation } from "../citation.js"
import { citations } from "../citation.js"

export type AccountRate = {
  /** First month it holds for; it holds until the next entry begins. */
  readonly from: string
  /** Null: the account holds what the person paid, and no rate of the base. */
  readonly rate_bp: number | null
  /** The employer's payment fills an employee's account up to the rate; otherwise it holds the own payment alone. */
  readonly toppedUp: boolean
  readonly citation: Citation
}

export const accountRates: readonly AccountRate[] = [
  { from: "1950-01", rate_bp: null, toppedUp: false, citation: citations.accountBefore1998 },
  { from: "1998-01", rate_bp: 1_100, toppedUp: true, citation: citations.accountRateBefore2006 },
  { from: "2006-01", rate_bp: 800, toppedUp: false, citation: citations.accountRate },
]
