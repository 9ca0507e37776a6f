/** Where people come from and where they go. Weights only: the material has no province-by-province matrix. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Dice } from "./random.js"

type Weights = readonly (readonly [ProvinceCode, number])[]

/**
 * Persons from other provinces, in 10,000 (census of 2020). 44, 31, 11 as published; 33 and 32 "more than 10 million each";
 * the rest are estimates of ours that keep the order.
 */
export const receiving: Weights = [
  ["44", 2962],
  ["33", 1619],
  ["31", 1048],
  ["32", 1031],
  ["11", 842],
  ["35", 489],
  ["12", 353],
  ["65", 339],
  ["37", 413],
  ["13", 316],
  ["42", 225],
  ["50", 219],
  ["51", 259],
  ["21", 285],
  ["61", 193],
  ["53", 223],
  ["46", 109],
]

/** Persons gone to other provinces, in 10,000 (census of 2020). 41 as published; 34 and 51 "more than 10 million each"; the rest estimated. */
export const sending: Weights = [
  ["41", 1610],
  ["34", 1152],
  ["51", 1036],
  ["52", 845],
  ["45", 811],
  ["43", 804],
  ["36", 634],
  ["42", 599],
  ["13", 548],
  ["37", 427],
  ["50", 418],
  ["32", 370],
  ["61", 299],
  ["62", 345],
  ["23", 393],
  ["53", 306],
  ["22", 241],
  ["14", 200],
  ["33", 236],
  ["35", 257],
  ["15", 180],
  ["21", 186],
  ["44", 153],
  ["64", 40],
  ["63", 43],
  ["65", 60],
  ["54", 14],
]

/** Residents in millions, 2020, rounded; 66 is counted apart from 65. Weights for people who stay. */
export const living: Weights = [
  ["44", 126],
  ["37", 102],
  ["41", 99],
  ["32", 85],
  ["51", 84],
  ["13", 75],
  ["43", 66],
  ["33", 65],
  ["34", 61],
  ["42", 58],
  ["45", 50],
  ["53", 47],
  ["36", 45],
  ["21", 43],
  ["35", 42],
  ["61", 40],
  ["52", 39],
  ["14", 35],
  ["50", 32],
  ["23", 32],
  ["31", 25],
  ["62", 25],
  ["22", 24],
  ["15", 24],
  ["65", 23],
  ["11", 22],
  ["12", 14],
  ["46", 10],
  ["64", 7],
  ["63", 6],
  ["54", 4],
  ["66", 3],
]

export type Geography = {
  readonly home: (dice: Dice) => ProvinceCode
  readonly homeOfMigrant: (dice: Dice) => ProvinceCode
  readonly destination: (dice: Dice, except: readonly ProvinceCode[]) => ProvinceCode
}

/** @param only The provinces that take part; a country of fewer than 3 has nowhere to move to. */
export const geographyOf = (only: readonly ProvinceCode[] | null): Geography => {
  const kept = (weights: Weights): Weights => (only === null ? weights : weights.filter(([province]) => only.includes(province)))
  const [homes, sent, received] = [kept(living), kept(sending), kept(receiving)]
  if (homes.length < 3) throw new Error("a nation needs at least 3 provinces")
  return {
    home: (dice) => dice.weighted(homes),
    homeOfMigrant: (dice) => dice.weighted(sent.length === 0 ? homes : sent),
    destination: (dice, except) => {
      const open = received.filter(([province]) => !except.includes(province))
      return dice.weighted(open.length > 0 ? open : homes.filter(([province]) => !except.includes(province)))
    },
  }
}
