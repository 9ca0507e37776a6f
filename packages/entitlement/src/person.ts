/** The person's own facts: hukou, birth, sex. */
import type { ProvinceCode, Sex } from "@tongzhang/domain/codes"
import { streamOf } from "@tongzhang/domain/person"
import type { Explained, FactOperand, Valued } from "@tongzhang/law/explain/explained"
import { hukouRule } from "@tongzhang/law/rules/record/moving"
import { eventsOf, type Facts } from "./facts.js"
import { answer, asked, leaf } from "./leaves.js"

/** Null when nobody has said. */
export const hukouOf = (facts: Facts, on: string): Explained<ProvinceCode> | null => {
  const stream = streamOf(facts.person)
  const found = eventsOf(facts, stream, "PersonRegistered", "HukouMoved")
  const last = found.at(-1)
  const value = last?.event.type === "HukouMoved" ? last.event.to : last?.event.hukou
  if (value === undefined || value === null) return null
  const places = found.map((fact) =>
    fact.event.type === "HukouMoved" ? leaf(fact, "to", fact.event.to, "code") : leaf(fact, "hukou", fact.event.hukou, "code"),
  )
  return answer(hukouRule, on, { stream: asked.stream(stream), places }, value)
}

/** Null while the person is not registered. */
export const birthOf = (facts: Facts): (FactOperand & Valued<string>) | null => {
  const found = eventsOf(facts, streamOf(facts.person), "PersonRegistered").at(-1)
  return found === undefined
    ? null
    : { ...leaf(found, "birthMonth", found.event.birthMonth, "month"), value: found.event.birthMonth }
}

export const sexOf = (facts: Facts): (FactOperand & Valued<Sex>) | null => {
  const found = eventsOf(facts, streamOf(facts.person), "PersonRegistered").at(-1)
  return found === undefined ? null : { ...leaf(found, "sex", found.event.sex, "code"), value: found.event.sex }
}
