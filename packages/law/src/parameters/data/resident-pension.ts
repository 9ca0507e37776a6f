/**
 * 城乡居民基本养老保险 (国发〔2014〕8号): basic amount a month, fen, the nation's minimum and the provinces' own of 2025; interest of the accounts;
 * yearly tiers and the least subsidy a year by tier. The key of a subsidy is the tier in yuan a year, as it is announced.
 */
import type { Row } from "../row.js"

/** National minimum 全国基础养老金最低标准. */
export const residentBasicMinimum: readonly Row[] = [
  { from: "2009-01", to: "2014-06", value: 5500, source: "no source seen", confidence: "memory", note: "2009, start month not in the source" },
  { from: "2014-07", to: "2017-12", value: 7000, source: "no source seen", confidence: "memory" },
  { from: "2018-01", to: "2020-06", value: 8800, source: "no source seen", confidence: "memory" },
  { from: "2020-07", to: "2021-12", value: 9300, source: "no source seen", confidence: "memory" },
  { from: "2022-01", to: "2022-12", value: 9800, source: "no source seen", confidence: "memory", note: "start month not in the source" },
  { from: "2023-01", to: "2023-12", value: 10300, source: "https://www.sxfx.gov.cn/col3141/col3145/202410/t20241030_873045.html", confidence: "secondary", note: "start not in the source, which gives the end 2023-12" },
  { from: "2024-01", to: "2024-12", value: 12300, source: "https://www.sxfx.gov.cn/col3141/col3145/202410/t20241030_873045.html", confidence: "secondary" },
  { from: "2025-01", to: null, value: 14300, source: "lowest value of the 2025 provincial list", confidence: "secondary" },
]

/** What the provinces pay. */
export const residentBasic: readonly Row[] = [
  { province: "11", from: "2025", to: "2025", value: 99800, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "12", from: "2025", to: "2025", value: 34700, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "13", from: "2025", to: "2025", value: 14300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "14", from: "2025", to: "2025", value: 14800, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "15", from: "2025", to: "2025", value: 19700, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "21", from: "2025", to: "2025", value: 17400, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "22", from: "2025", to: "2025", value: 14500, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "23", from: "2025", to: "2025", value: 16300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "31", from: "2025", to: "2025", value: 155500, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "32", from: "2025", to: "2025", value: 24600, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "33", from: "2025", to: "2025", value: 22000, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "34", from: "2025", to: "2025", value: 19500, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "35", from: "2025", to: "2025", value: 18000, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "36", from: "2025", to: "2025", value: 14300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "37", from: "2025", to: "2025", value: 18800, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "41", from: "2025", to: "2025", value: 14800, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "42", from: "2025", to: "2025", value: 14300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "43", from: "2025", to: "2025", value: 17600, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "44", from: "2025", to: "2025", value: 22000, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "45", from: "2025", to: "2025", value: 14300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "46", from: "2025", to: "2025", value: 27100, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "50", from: "2025", to: "2025", value: 16500, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "51", from: "2025", to: "2025", value: 19300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "52", from: "2025", to: "2025", value: 14800, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "53", from: "2025", to: "2025", value: 14300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "54", from: "2025", to: "2025", value: 29500, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "61", from: "2025", to: "2025", value: 14300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "62", from: "2025", to: "2025", value: 17300, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "63", from: "2025", to: "2025", value: 20500, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "64", from: "2025", to: "2025", value: 21500, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
  { province: "65", from: "2025", to: "2025", value: 18000, source: "public repository parameter list (file id 59215717864)", confidence: "secondary" },
]

export const residentAccountInterest: readonly Row[] = [
  { province: "34", from: "2025", to: "2025", value: "0.0359", source: "public repository parameter list (resident account rates 2025)", confidence: "secondary" },
  { province: "35", from: "2025", to: "2025", value: "0.0316", source: "public repository parameter list (resident account rates 2025)", confidence: "secondary" },
  { province: "44", from: "2025", to: "2025", value: "0.0249", source: "public repository parameter list (resident account rates 2025)", confidence: "secondary" },
  { province: "45", from: "2025", to: "2025", value: "0.0384", source: "public repository parameter list (resident account rates 2025)", confidence: "secondary" },
  { province: "53", from: "2025", to: "2025", value: "0.0371", source: "public repository parameter list (resident account rates 2025)", confidence: "secondary" },
  { province: "62", from: "2025", to: "2025", value: "0.0374", source: "public repository parameter list (resident account rates 2025)", confidence: "secondary" },
]

export const residentTiers: readonly Row[] = [
  { from: "2014-02", to: null, value: [10000, 20000, 30000, 40000, 50000, 60000, 70000, 80000, 90000, 100000, 150000, 200000], document: "国发〔2014〕8号", source: "https://www.gov.cn/zhengce/content/2014-02/26/content_8656.htm via github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "provinces may add tiers; many abolished 100-200 and added up to 5000-9000" },
  { province: "11", from: "2025", to: "2025", value: [100000, 200000, 400000, 600000, 900000], source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", from: "2025", to: "2025", value: [80000, 130000, 170000, 230000, 330000, 530000, 730000], source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
]

export const residentSubsidies: readonly Row[] = [
  { key: "100", from: "2014-02", to: null, value: 3000, document: "国发〔2014〕8号", source: "https://www.gov.cn/zhengce/content/2014-02/26/content_8656.htm via github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "lowest tier" },
  { key: "500", from: "2014-02", to: null, value: 6000, document: "国发〔2014〕8号", source: "https://www.gov.cn/zhengce/content/2014-02/26/content_8656.htm via github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "tiers from 500 up" },
  { province: "11", key: "1000", from: "2025", to: "2025", value: 6000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "11", key: "2000", from: "2025", to: "2025", value: 9000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "11", key: "4000", from: "2025", to: "2025", value: 12000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "11", key: "6000", from: "2025", to: "2025", value: 15000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "11", key: "9000", from: "2025", to: "2025", value: 15000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", key: "800", from: "2025", to: "2025", value: 27000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", key: "1300", from: "2025", to: "2025", value: 40000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", key: "1700", from: "2025", to: "2025", value: 45000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", key: "2300", from: "2025", to: "2025", value: 52500, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", key: "3300", from: "2025", to: "2025", value: 57500, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", key: "5300", from: "2025", to: "2025", value: 67500, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
  { province: "31", key: "7300", from: "2025", to: "2025", value: 73000, source: "public repository parameter list", confidence: "secondary", note: "year of the list; the notice was not seen" },
]
