/** Short names of provinces, as on number plates and maps: one character fits a month's cell. */
import { provinces, schemes } from "@tongzhang/domain/codes"

export type Language = "zh" | "en"

/** 简称 (GB/T 2260 order); English cells show the code, which has no ambiguity. */
const shortNames: Readonly<Record<keyof typeof provinces, string>> = {
  "11": "京",
  "12": "津",
  "13": "冀",
  "14": "晋",
  "15": "蒙",
  "21": "辽",
  "22": "吉",
  "23": "黑",
  "31": "沪",
  "32": "苏",
  "33": "浙",
  "34": "皖",
  "35": "闽",
  "36": "赣",
  "37": "鲁",
  "41": "豫",
  "42": "鄂",
  "43": "湘",
  "44": "粤",
  "45": "桂",
  "46": "琼",
  "50": "渝",
  "51": "川",
  "52": "黔",
  "53": "滇",
  "54": "藏",
  "61": "陕",
  "62": "甘",
  "63": "青",
  "64": "宁",
  "65": "新",
  "66": "兵",
}

/** A province's name; an unknown code is shown as it is. */
export const provinceName = (code: string, language: Language): string =>
  Object.hasOwn(provinces, code) ? provinces[code as keyof typeof provinces][language] : code

export const provinceShort = (code: string, language: Language): string =>
  language === "zh" && Object.hasOwn(shortNames, code) ? shortNames[code as keyof typeof provinces] : code

export const schemeName = (code: string, language: Language): string =>
  Object.hasOwn(schemes, code) ? schemes[code as keyof typeof schemes][language] : code

export const isResident = (scheme: string): boolean =>
  Object.hasOwn(schemes, scheme) && schemes[scheme as keyof typeof schemes].resident

/** `44_110` in words. */
export const relationName = (relation: string, language: Language): string => {
  const [province = "", scheme = ""] = relation.split("_")
  return `${provinceName(province, language)} · ${schemeName(scheme, language)}`
}

/** `44_110~33_110`: a case's parties in words. */
export const sideNames = (sides: readonly string[], language: Language): string =>
  sides.map((side) => relationName(side, language)).join(language === "zh" ? " 与 " : " and ")
