/** The aggregates this process moves, in the form the aggregate store wants them. */
import * as benefit from "@tongzhang/domain/benefit"
import * as enrollment from "@tongzhang/domain/enrollment"
import * as overlap from "@tongzhang/domain/overlap"
import * as person from "@tongzhang/domain/person"
import * as transfer from "@tongzhang/domain/transfer"

export const enrollments = { initial: enrollment.initial, evolve: enrollment.evolve, fold: enrollment.fold }
export const persons = { initial: person.initial, evolve: person.evolve }
export const benefits = { initial: benefit.initial, evolve: benefit.evolve }
export const transfers = { initial: transfer.initial, evolve: transfer.evolve }
export const overlaps = { initial: overlap.initial, evolve: overlap.evolve }
