import { type MonthSet, size, union } from "@tongzhang/domain/month-set"
import type { Relation } from "@tongzhang/record/person-state"

/** Months a relation stands for: its own and those transferred in, each once. */
export const countedMonthsOf = (relation: Relation): number =>
  size(relation.received.reduce<MonthSet>((set, part) => union(set, part.months), relation.months))
