/**
 * Official codes the ledger speaks. Schemes: AAE140 险种类型 (GB/T 31594-2015 table A.28, as seen in GB/T 40217-2021);
 * provinces: GB/T 2260 two-digit prefixes, plus 66 for 新疆生产建设兵团 (from memory, to be confirmed).
 */
export const schemes = {
  "110": { zh: "企业职工基本养老保险", en: "employee pension", family: "pension", resident: false },
  "120": { zh: "机关事业单位基本养老保险", en: "public-sector pension", family: "pension", resident: false },
  "170": { zh: "城乡居民基本养老保险", en: "resident pension", family: "pension", resident: true },
  "210": { zh: "失业保险", en: "unemployment", family: "unemployment", resident: false },
  "310": { zh: "职工基本医疗保险", en: "employee medical", family: "medical", resident: false },
  "390": { zh: "城乡居民基本医疗保险", en: "resident medical", family: "medical", resident: true },
  "410": { zh: "工伤保险", en: "work injury", family: "injury", resident: false },
  "510": { zh: "生育保险", en: "maternity", family: "maternity", resident: false },
} as const

export type SchemeCode = keyof typeof schemes
export type Family = (typeof schemes)[SchemeCode]["family"]

export const schemeCodes = Object.keys(schemes) as readonly SchemeCode[]
export const isScheme = (text: string): text is SchemeCode => Object.hasOwn(schemes, text)
export const familyOf = (scheme: SchemeCode): Family => schemes[scheme].family

/** Families in which two relations may not count the same month; several injury covers are no duplicates (人社部发〔2025〕24号). */
export const exclusiveFamilies: readonly Family[] = ["pension", "medical", "unemployment"]

export const provinces = {
  "11": { zh: "北京", en: "Beijing" },
  "12": { zh: "天津", en: "Tianjin" },
  "13": { zh: "河北", en: "Hebei" },
  "14": { zh: "山西", en: "Shanxi" },
  "15": { zh: "内蒙古", en: "Inner Mongolia" },
  "21": { zh: "辽宁", en: "Liaoning" },
  "22": { zh: "吉林", en: "Jilin" },
  "23": { zh: "黑龙江", en: "Heilongjiang" },
  "31": { zh: "上海", en: "Shanghai" },
  "32": { zh: "江苏", en: "Jiangsu" },
  "33": { zh: "浙江", en: "Zhejiang" },
  "34": { zh: "安徽", en: "Anhui" },
  "35": { zh: "福建", en: "Fujian" },
  "36": { zh: "江西", en: "Jiangxi" },
  "37": { zh: "山东", en: "Shandong" },
  "41": { zh: "河南", en: "Henan" },
  "42": { zh: "湖北", en: "Hubei" },
  "43": { zh: "湖南", en: "Hunan" },
  "44": { zh: "广东", en: "Guangdong" },
  "45": { zh: "广西", en: "Guangxi" },
  "46": { zh: "海南", en: "Hainan" },
  "50": { zh: "重庆", en: "Chongqing" },
  "51": { zh: "四川", en: "Sichuan" },
  "52": { zh: "贵州", en: "Guizhou" },
  "53": { zh: "云南", en: "Yunnan" },
  "54": { zh: "西藏", en: "Tibet" },
  "61": { zh: "陕西", en: "Shaanxi" },
  "62": { zh: "甘肃", en: "Gansu" },
  "63": { zh: "青海", en: "Qinghai" },
  "64": { zh: "宁夏", en: "Ningxia" },
  "65": { zh: "新疆", en: "Xinjiang" },
  "66": { zh: "新疆兵团", en: "Xinjiang Corps" },
} as const

export type ProvinceCode = keyof typeof provinces
export const provinceCodes = Object.keys(provinces) as readonly ProvinceCode[]
export const isProvince = (text: string): text is ProvinceCode => Object.hasOwn(provinces, text)

/** AAC004 性别 (GB/T 2261.1), in words. */
export type Sex = "male" | "female"
/** In what capacity the person takes part: 职工, 灵活就业人员, 城乡居民. */
export const capacities = ["employee", "flexible", "resident"] as const
export type Capacity = (typeof capacities)[number]
