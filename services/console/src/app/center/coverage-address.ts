/** What the coverage board shows, kept in the address: the same link shows the same figures again. */
import { isProvince, isScheme, type ProvinceCode, type SchemeCode } from "@tongzhang/domain/codes"
import { useSearchParams } from "react-router"
import { useSession } from "../session.js"
import { channels, type Chosen, type Measure, measures, sexes } from "../../view/coverage.js"

export const trendLengths = [12, 36, 120, 480] as const

/** In the address of an agency that looks at the whole country: left out, it is shown its own province. */
const whole = "all"

export type Asked = {
  readonly scheme: SchemeCode
  readonly measure: Measure
  readonly chosen: Chosen
  /** `YYYY-MM`; empty: the last month in which anybody has paid. */
  readonly month: string
  /** `YYYY-MM-DD`; empty: now. */
  readonly known: string
  /** Null: the whole country. */
  readonly province: ProvinceCode | null
  readonly months: (typeof trendLengths)[number]
}
type Name = "scheme" | "measure" | "sex" | "channel" | "month" | "known" | "province" | "months"
export type Address = {
  readonly asked: Asked
  /** An empty value leaves the address. */
  readonly select: (province: string | null) => void
  readonly set: (values: Partial<Readonly<Record<Name, string>>>) => void
}

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | null => all.find((one) => one === text) ?? null
const matching = (form: RegExp, text: string | null): string => (text !== null && form.test(text) ? text : "")

/** What stands in the address and is none of the choices is passed over. */
const readAddress = (params: URLSearchParams, own: ProvinceCode | null): Asked => {
  const scheme = params.get("scheme") ?? ""
  const province = params.get("province") ?? ""
  return {
    scheme: isScheme(scheme) ? scheme : "110",
    measure: oneOf(measures, params.get("measure")) ?? "enrolled",
    chosen: { sex: oneOf(sexes, params.get("sex")), channel: oneOf(channels, params.get("channel")) },
    month: matching(/^\d{4}-(0[1-9]|1[0-2])$/u, params.get("month")),
    known: matching(/^\d{4}-\d\d-\d\d$/u, params.get("known")),
    province: isProvince(province) ? province : province === whole ? null : own,
    months: trendLengths.find((one) => String(one) === params.get("months")) ?? 36,
  }
}

export const useAddress = (): Address => {
  const [params, setParams] = useSearchParams()
  const { caller } = useSession()
  const own = caller.province !== null && isProvince(caller.province) ? caller.province : null
  const set: Address["set"] = (values) => {
    // From the address itself: a second choice, made before the page is drawn anew, must not undo the first.
    const next = new URLSearchParams(location.search)
    for (const [name, value] of Object.entries(values)) {
      if (value === "") next.delete(name)
      else next.set(name, value)
    }
    setParams(next, { preventScrollReset: true })
  }
  return {
    asked: readAddress(params, own),
    select: (province) => set({ province: province ?? (own === null ? "" : whole) }),
    set,
  }
}
