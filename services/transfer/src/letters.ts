/**
 * The contact letter 联系函 and the notice of an overdue step, as they travel on Kafka. One schema for the whole country, strict: a
 * province cannot ask for further papers (feature D8). Field codes as in the national forms (LD/T, seen in a vendor's system).
 * No name and no ID number: the agency of origin knows the person by the key, as it does in every other message.
 */
import { dateText, fenPositive, personKey, province, scheme, text, transferId } from "@tongzhang/contracts/primitives"
import { type ProvinceCode, provinces, type SchemeCode, type Sex } from "@tongzhang/domain/codes"
import type { DateText, PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { PlannedLeg, Step } from "@tongzhang/domain/transfer"
import { z } from "zod"

const divisionCode = z
  .string()
  .regex(/^\d{6}$/)
  .describe("行政区划 GB/T 2260")

export const contactLetter = z
  .strictObject({
    form: z.literal("基本养老保险关系转移接续联系函"),
    AAE270: text(64).describe("联系函编号"),
    YAE099: transferId.describe("业务流水号"),
    AAC001: personKey.describe("个人编号"),
    AAC004: z.enum(["1", "2", "9"]).describe("性别 1 男 2 女 9 未说明"),
    AAE140: scheme.describe("险种类型"),
    AAC070: z.literal("1").describe("转移方向 1 转出"),
    AIC113: z.enum(["1", "6"]).describe("转移制度 1 企业到企业 6 机关事业到机关事业"),
    AAB299: divisionCode.describe("转入地行政区划"),
    YAC250: divisionCode.describe("原参保地行政区划"),
    YAC251: text(64).describe("原参保地机构名称"),
    AAE473: z.enum(["0", "1"]).describe("是否临时账户"),
    AAE036: dateText.describe("发函日期"),
    due: dateText.describe("信息表期限: 15 working days"),
    expected_fen: z
      .strictObject({ AIC083: fenPositive, AIC084: fenPositive, AIC102: fenPositive })
      .describe("what the ledger would move today: 个人账户, 统筹基金, 总额"),
  })
  .meta({ title: "ContactLetter" })
export type ContactLetter = z.infer<typeof contactLetter>

export const escalation = z
  .strictObject({
    transferId,
    leg: province,
    step: z.enum(["letter", "statement", "money", "booking"]),
    late: province.describe("the province that is waited for"),
    due: dateText,
    on: dateText,
  })
  .meta({ title: "Escalation" })
export type Escalation = z.infer<typeof escalation>

const sexCode: Readonly<Record<Sex, "1" | "2">> = { male: "1", female: "2" }

/** Letter number: receiving province, date of application, origin, serial; the same whenever it is made. */
export const letterNoOf = (id: TransferId, to: ProvinceCode, from: ProvinceCode, requestedOn: DateText): string =>
  `LX${to}${requestedOn.replaceAll("-", "")}${from}${(id.split("_")[1] ?? "").slice(0, 12)}`

export const letterOf = (input: {
  readonly id: TransferId
  readonly person: PersonKey
  readonly sex: Sex | null
  readonly scheme: SchemeCode
  readonly to: ProvinceCode
  readonly leg: PlannedLeg
  readonly letterNo: string
  readonly on: DateText
  readonly due: DateText
}): ContactLetter =>
  contactLetter.parse({
    form: "基本养老保险关系转移接续联系函",
    AAE270: input.letterNo,
    YAE099: input.id,
    AAC001: input.person,
    AAC004: input.sex === null ? "9" : sexCode[input.sex],
    AAE140: input.scheme,
    AAC070: "1",
    AIC113: input.scheme === "120" ? "6" : "1",
    AAB299: `${input.to}0000`,
    YAC250: `${input.leg.from}0000`,
    YAC251: `${provinces[input.leg.from].zh}社会保险经办机构`,
    AAE473: input.leg.temporary ? "1" : "0",
    AAE036: input.on,
    due: input.due,
    expected_fen: {
      AIC083: input.leg.account_fen,
      AIC084: input.leg.pooled_fen,
      AIC102: input.leg.account_fen + input.leg.pooled_fen,
    },
  })

/** Whom a step waits for: the old place sends statement and money, the new place writes the letter and books. */
export const holderOf = (step: Step, from: ProvinceCode, to: ProvinceCode): ProvinceCode =>
  step === "statement" || step === "money" ? from : to
