/** What the texts on transfers, overlaps and links leave open (law.md §12); shown where it mattered as `needsRuling`. */
import type { Ruling } from "../explain/explained.js"

export const newTransferNotice: Ruling = {
  question: "law.md §12.1",
  question_zh:
    "三部门《关于职工基本养老保险关系转移接续若干问题处理意见的通知》（2026年）全文未见，可能改变临时账户、重复缴费和一次性缴费的规定。",
  question_en:
    "The three-ministry notice of 2026 on transfers was seen by title only; it may change temporary accounts, overlaps and one-off payments.",
  reading_en: "The rules of 2009-2019 are applied.",
}

export const pooledOfOverlap: Ruling = {
  question: "law.md §12.2",
  question_zh: "重复缴费月份对应的12%统筹基金是否转移，文件未写明。",
  question_en: "Whether the pooled 12 % of overlapping months moves is not written.",
  reading_en: "It moves with the relation: clearing follows the transfer (先转后清).",
}

export const linkThreshold: Ruling = {
  question: "law.md §12.5",
  question_zh: "城乡衔接的15年门槛是否随最低缴费年限一并提高，未明确。",
  question_en: "Whether the 15 years of the link rise with the new minimum years is not settled.",
  reading_en: "The pension needs the minimum of its year; below it the person continues paying or joins the resident scheme.",
}

export const twoResidentRelations: Ruling = {
  question: "law.md §12.7",
  question_zh: "两份居民养老保险关系重复时保留哪一份，没有全国规定。",
  question_en: "There is no national rule on which of two resident relations is kept.",
  reading_en: "While paying in: the hukou province, else the first place. When both pay benefits: the first place (青岛).",
}

export const overlapBeforeRule: Ruling = {
  question: "overlap before the rule",
  question_zh: "该日期尚无处理此类重复的全国规定。",
  question_en: "No national rule on this kind of overlap was in force on that day.",
  reading_en: "Nothing is proposed.",
}

export const nothingTellsApart: Ruling = {
  question: "overlap with equal sides",
  question_zh: "按现有事实，两边没有差别，规则不能给出保留建议。",
  question_en: "By the facts at hand the two sides do not differ in what the rule looks at.",
  reading_en: "Nothing is proposed.",
}

export const shortEmployment: Ruling = {
  question: "medical: employee for less than a year",
  question_zh: "职工医保连续参保不满一年、又与居民医保重复的，所见文件未写明保留哪一份。",
  question_en: "The material does not say which is kept when the employee relation is unbroken for less than a year.",
  reading_en: "The relation whose benefits can be used is kept, the other is suspended.",
}

export const injuryAmountBands: Ruling = {
  question: "occupational injury: 即时配送 has two amounts",
  question_zh: "即时配送每单标准有0.07元和0.25元两个数，适用范围（企业或订单类型）未核实。",
  question_en:
    "Two amounts per order are printed for instant delivery, 0.07 and 0.25 yuan; which orders each is for was not verified.",
  reading_en: "The amount that is given, else the lower one.",
}

export const recoveryElsewhere: Ruling = {
  question: "recovery of a second pension outside 福建",
  question_zh: "多领养老金的分期扣还办法（不超过最低工资60%）见于福建〔2020〕30号，其他省未查到。",
  question_en: "The plan for paying back (at most 60 % of the minimum wage a month) is 福建's; other provinces' were not found.",
  reading_en: "福建's plan.",
}

export const laterMonthsOfFlexible: Ruling = {
  question: "flexible workers: earlier months of the same year",
  question_zh: "灵活就业人员能否在当年内补缴此前月份由各省规定，资料中未列。",
  question_en:
    "Whether a flexible worker may still pay for earlier months of the year is a rule of the province; none was found.",
  reading_en: "Not payable any more.",
}

export const medicalWaiting: Ruling = {
  question: "medical: length of the waiting time",
  question_zh: "断缴超过3个月的待遇等待期由各地规定，最长6个月。",
  question_en: "After a break of more than 3 months the waiting time is set by the place, at most 6 months.",
  reading_en: "The longest, 6 months.",
}

export const injuryPriceElsewhere: Ruling = {
  question: "occupational injury: amount per order outside 重庆",
  question_zh: "每单标准仅核到重庆2025年公布的数，其他省份的未核实。",
  question_en: "Only 重庆's amounts of 2025 were verified; those of other provinces were not.",
  reading_en: "重庆's amounts.",
}
