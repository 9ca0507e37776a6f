/**
 * Unemployment: rates, and months of benefit by months paid (the key is the lower bound). Medical insurance of flexible workers 灵活就业人员
 * 医保, by city: a rate, or a fixed amount a month where the place has one.
 */
import type { Row } from "../row.js"

export const unemploymentRates: readonly Row[] = [
  { key: "statutory-employer", from: "1999-01", to: null, value: "0.02", document: "失业保险条例", source: "失业保险条例 1999 Art 6, full text", confidence: "official" },
  { key: "statutory-individual", from: "1999-01", to: null, value: "0.01", document: "失业保险条例", source: "失业保险条例 1999 Art 6, full text", confidence: "official" },
  { key: "temporary-total", from: "2019-05", to: "2025-12", value: "0.01", document: "人社部发〔2024〕40号", source: "reductions of 2015-2019, extended to 2025-12-31", confidence: "secondary", note: "1 % in total since the reductions of 2015-2019; no text for 2026 was found" },
  { province: "11", key: "flexible", from: "2021-07", to: null, value: "0.01", source: "https://www.beijing.gov.cn/.../t20210705_2429007.html via github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
]

export const unemploymentMonths: readonly Row[] = [
  { key: "12", from: "2011-07", to: null, value: 12, document: "社会保险法", source: "社会保险法 Art 46, full text", confidence: "official", note: "1 to under 5 years paid" },
  { key: "60", from: "2011-07", to: null, value: 18, document: "社会保险法", source: "社会保险法 Art 46, full text", confidence: "official", note: "5 to under 10 years" },
  { key: "120", from: "2011-07", to: null, value: 24, document: "社会保险法", source: "社会保险法 Art 46, full text", confidence: "official", note: "10 years and more" },
]

export const medicalFlexible: readonly Row[] = [
  { province: "12", from: "2026", to: "2026", value: "0.085", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "33", region: "杭州", from: "2023-01", to: null, value: "0.095", document: "杭医保〔2022〕41号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "51", region: "成都", from: "2025", to: "2025", value: "0.095", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "51", region: "成都", key: "base", from: "2025", to: "2025", value: 611700, unit: "fen", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "80 % of the provincial wage" },
  { province: "42", region: "武汉", from: "2022", to: "2022", value: "0.06", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "32", region: "南京", from: "2023-04", to: null, value: "0.08", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "44", region: "广州", from: "2022", to: "2024-02", value: "0.08", document: "穗医保规字〔2022〕1号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "start month of 2022 not in the source" },
  { province: "44", region: "广州", from: "2024-03", to: "2025-12", value: "0.065", document: "穗医保规字〔2022〕1号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "temporary reduction" },
  { province: "44", region: "广州", from: "2026-01", to: null, value: "0.08", document: "穗医保规字〔2022〕1号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "after the temporary reduction" },
  { province: "44", region: "深圳", from: "2023-10", to: "2023-12", value: "0.08", document: "深圳市人民政府令第358号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "beginning not in the source: here the last quarter before the temporary reduction" },
  { province: "44", region: "深圳", from: "2024-01", to: "2025-12", value: "0.07", document: "深圳市人民政府令第358号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "temporary reduction" },
  { province: "44", region: "深圳", from: "2026-01", to: null, value: "0.08", document: "深圳市人民政府令第358号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "after the temporary reduction" },
  { province: "44", region: "深圳", key: "base-floor", from: "2026", to: "2026", value: 672700, unit: "fen", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "44", region: "深圳", key: "base-ceiling", from: "2026", to: "2026", value: 3363300, unit: "fen", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "31", from: "2023", to: "2023", value: "0.11", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
  { province: "50", key: "fixed-monthly", from: "2025", to: "2025", value: 25625, unit: "fen", document: "渝医保发〔2024〕47号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "first tier" },
  { province: "50", key: "fixed-monthly-2", from: "2025", to: "2025", value: 56375, unit: "fen", document: "渝医保发〔2024〕47号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary", note: "second tier" },
  { province: "11", key: "fixed-monthly", from: "2025-07", to: "2026-06", value: 58492, unit: "fen", document: "京人社发〔2025〕11号", source: "references/regions of github Alaric1098/China-Pension-Strategy-Skill", confidence: "secondary" },
]
