/** Who calls: carried as a signed token, checked once per request. */
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import { isPersonKey, type PersonKey } from "@tongzhang/domain/ids"
import { z } from "zod"

export type Caller =
  /** 省级经办机构: writes for its own province only. */
  | { readonly kind: "agency"; readonly id: string; readonly province: ProvinceCode }
  /** 国家平台: reads every province; writes for none unless a route says so. */
  | { readonly kind: "center"; readonly id: string }
  | { readonly kind: "auditor"; readonly id: string }
  /** 平台企业: reports orders and injury contributions of platform work. */
  | { readonly kind: "platform"; readonly id: string }
  /** 参保人: reads and applies for nobody but themself. */
  | { readonly kind: "person"; readonly id: string; readonly person: PersonKey }

export type CallerKind = Caller["kind"]

const id = z.string().min(1).max(100)

/** What a token's claims must hold to name a caller. */
export const callerSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("agency"),
    id,
    province: z.custom<ProvinceCode>((value) => typeof value === "string" && isProvince(value)),
  }),
  z.object({ kind: z.literal("center"), id }),
  z.object({ kind: z.literal("auditor"), id }),
  z.object({ kind: z.literal("platform"), id }),
  z.object({
    kind: z.literal("person"),
    id,
    person: z.custom<PersonKey>((value) => typeof value === "string" && isPersonKey(value)),
  }),
])

/** Why a record is read; every read of a person's record names one (个人信息保护法 Art. 6, 处理目的). */
export const purposes = ["service", "transfer", "duplicate-check", "audit", "statistics", "self"] as const
export type Purpose = (typeof purposes)[number]
export const isPurpose = (text: string): text is Purpose => (purposes as readonly string[]).includes(text)

/** Purposes each kind of caller may name: an auditor does not serve, a person reads for themself only. */
export const purposesOf: Readonly<Record<CallerKind, readonly Purpose[]>> = {
  agency: ["service", "transfer", "duplicate-check", "statistics"],
  center: ["service", "transfer", "duplicate-check", "statistics"],
  auditor: ["audit", "statistics"],
  platform: ["service"],
  person: ["self"],
}
