/** Which of two relations the law would keep, with its reasons. A proposal only: an agency decides, often with the person. */
import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import type { OverlapKind, Side } from "@tongzhang/domain/overlap"
import type { Explained, Operand, Ruling, Valued } from "../explain/explained.js"
import { versionInForce } from "../explain/rule.js"
import { beginning, concluded, taken } from "./describe.js"
import { agreementRule, keepRules, medicalGroundRule } from "./overlap-keep-rules.js"
import { agreed, medicalGround, recommendKeep, type MedicalGround, type SideFacts } from "./overlaps.js"
import { nothingTellsApart, overlapBeforeRule, shortEmployment, twoResidentRelations } from "./relation-questions.js"

export type SideInquiry = {
  readonly side: Side
  readonly scheme: Valued<SchemeCode>
  readonly capacity: Valued<Capacity | null>
  /** Months the relation counts in all. */
  readonly months: Valued<number>
  readonly province: Valued<ProvinceCode>
  readonly openedFrom: Valued<YearMonth | null>
  readonly active: Valued<boolean>
  readonly livesThere?: Valued<boolean>
  readonly studiesThere?: Valued<boolean>
  readonly benefitsUsable?: Valued<boolean>
  readonly unbroken?: Valued<number>
  readonly drawing?: Valued<boolean>
}

export type KeepInquiry = {
  /** Day of the question: decides the version. */
  readonly on: string
  readonly kind: OverlapKind
  readonly sides: readonly [SideInquiry, SideInquiry]
  readonly hukou: Valued<ProvinceCode | null>
}

export type ExplainedKeep = {
  /** The side the rule would keep; null: it proposes none. */
  readonly kept: Explained<Side | null>
  /** The value is then a recommendation, and nobody decides without the person. */
  readonly agreementNeeded: Explained<boolean>
  /** Medical overlaps: which test decided. */
  readonly ground: Explained<MedicalGround> | null
}

const factsOf = (side: SideInquiry, hukou: ProvinceCode | null): SideFacts => ({
  side: side.side,
  scheme: side.scheme.value,
  capacity: side.capacity.value,
  months: side.months.value,
  province: side.province.value,
  hukou,
  openedFrom: side.openedFrom.value,
  active: side.active.value,
  ...(side.livesThere === undefined ? {} : { livesThere: side.livesThere.value }),
  ...(side.studiesThere === undefined ? {} : { studiesThere: side.studiesThere.value }),
  ...(side.benefitsUsable === undefined ? {} : { benefitsUsable: side.benefitsUsable.value }),
  ...(side.unbroken === undefined ? {} : { unbroken_months: side.unbroken.value }),
  ...(side.drawing === undefined ? {} : { drawing: side.drawing.value }),
})

const nobodySays = taken(false, "flag", "没有事实说明", "no fact says so")

type Named = Record<string, Operand>

/** The operands of one side, named `a_…` or `b_…`, of the facts that its kind of overlap looks at. */
const named = (kind: OverlapKind, letter: "a" | "b", side: SideInquiry): Named => {
  const label = { [letter]: taken(side.side, "code", "关系", "the relation") }
  const operand = (facts: Named): Named => ({
    ...label,
    ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [`${letter}_${name}`, value])),
  })
  const { scheme, months, active, province, openedFrom: since } = side
  switch (kind) {
    case "EMP-EMP":
    case "EMP-PUB":
    case "PENSION-PENSION":
    case "UNEMP-UNEMP":
      return operand({ months, active })
    case "EMP-RES":
    case "PENSION-RES":
      return operand({ scheme })
    case "RES-RES":
      return operand({ province, since })
    case "MED-MED": {
      const employed = side.capacity.value === "employee" && active.value
      return operand({
        scheme,
        employed: taken(employed, "flag", "职工身份且在保", "an employee's cover that runs"),
        active,
        studies: side.studiesThere ?? nobodySays,
        lives: side.livesThere ?? nobodySays,
        usable: side.benefitsUsable ?? active,
      })
    }
  }
}

const isResident = (side: SideInquiry): boolean => side.scheme.value === "170" || side.scheme.value === "390"

const groundOf = ({ on, sides }: KeepInquiry, facts: readonly [SideFacts, SideFacts]): Explained<MedicalGround> => {
  const worker = sides.find((side) => !isResident(side)) ?? sides[0]
  const ground = medicalGround(facts)
  const short = ground.startsWith("the one") && worker.capacity.value === "employee"
  const operands = {
    a_scheme: sides[0].scheme,
    b_scheme: sides[1].scheme,
    studies: sides.map((side) => side.studiesThere).find((one) => one?.value === true) ?? nobodySays,
    capacity: worker.capacity,
    unbroken: worker.unbroken ?? worker.months,
  }
  return concluded(medicalGroundRule, on, operands, () => ground, short ? shortEmployment : null)
}

const rulingOn = (kind: OverlapKind, version: string, kept: Side | null): Ruling | null => {
  if (kind === "RES-RES") return twoResidentRelations
  if (version === beginning) return overlapBeforeRule
  return kept === null ? nothingTellsApart : null
}

/** The side to keep (or none), whether the person has to agree, and for medical overlaps what decided. */
export const explainKeep = (inquiry: KeepInquiry): ExplainedKeep => {
  const { on, kind, sides, hukou } = inquiry
  const facts = [factsOf(sides[0], hukou.value), factsOf(sides[1], hukou.value)] as const
  const rule = keepRules[kind]
  const from = versionInForce(rule, on).from
  const ground = kind === "MED-MED" && from !== beginning ? groundOf(inquiry, facts) : null
  const bothDrawing = facts.every((side) => side.drawing === true)
  const operands: Named = {
    ...named(kind, "a", sides[0]),
    ...named(kind, "b", sides[1]),
    ...(kind === "RES-RES" ? { hukou, both_drawing: taken(bothDrawing, "flag", "两地是否都在发放", "do both pay") } : {}),
    ...(ground === null ? {} : { ground }),
  }
  const value = from === beginning && kind !== "RES-RES" ? null : recommendKeep({ kind, sides: facts }).keep
  const kept = concluded(rule, on, operands, () => value, rulingOn(kind, from, value) ?? ground?.needsRuling ?? null)
  const asked = { kind: taken(kind, "code", "重复类型", "kind of overlap") }
  return { kept, agreementNeeded: concluded(agreementRule, on, asked, () => agreed.includes(kind)), ground }
}
