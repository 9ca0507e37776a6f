/** How `data/` writes a parameter down: what its family says for all of them is left out. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Confidence } from "../citation.js"
import type { Unit, Value } from "../explain/explained.js"
import type { Parameter, ParameterFamily } from "./parameter.js"

export type Row = {
  /** Absent: national. */
  readonly province?: ProvinceCode
  readonly region?: string
  readonly key?: string
  /** `2025` a calendar year, `2025-07` a month, `2025-07-01` a day. */
  readonly from: string
  readonly to: string | null
  readonly value: Value
  /** Where it is not that of the family. */
  readonly unit?: Unit
  readonly document?: string
  readonly source: string
  readonly confidence: Confidence
  readonly note?: string
}

/** `family/CN-or-province[/region][/key]/from`. */
export const parameterId = (family: ParameterFamily, row: Pick<Row, "province" | "region" | "key" | "from">): string =>
  [family, row.province ?? "CN", row.region, row.key, row.from].filter((part) => part !== undefined).join("/")

/** Gives a parameter from outside the name that it would have here, when it has none. */
export const named = ({ id, ...given }: Omit<Parameter, "id"> & { readonly id?: string | undefined }): Parameter => ({
  ...given,
  id:
    id ??
    parameterId(given.family, {
      from: given.validFrom,
      ...(given.province === null ? {} : { province: given.province }),
      ...(given.region === null ? {} : { region: given.region }),
      ...(given.key === null ? {} : { key: given.key }),
    }),
})

const isYear = (text: string): boolean => text.length === 4

export const parameterOf = (family: ParameterFamily, unit: Unit, row: Row): Parameter => ({
  id: parameterId(family, row),
  family,
  province: row.province ?? null,
  region: row.region ?? null,
  key: row.key ?? null,
  validFrom: isYear(row.from) ? `${row.from}-01` : row.from,
  validTo: row.to !== null && isYear(row.to) ? `${row.to}-12` : row.to,
  value: row.value,
  unit: row.unit ?? unit,
  document: row.document ?? null,
  source: row.source,
  confidence: row.confidence,
  ...(row.note === undefined ? {} : { note: row.note }),
})
