/**
 * 职业伤害保障 of platform workers: premium for an order, fen, paid by the platform at the place of the order; and where the protection
 * applies. The prices of the first pilot of 2022 were not verified and are not here.
 */
import type { Row } from "../row.js"

export const injuryPerOrder: readonly Row[] = [
  { province: "50", key: "ride-hailing", from: "2025-07", to: null, value: "1", document: "人社部发〔2025〕24号", source: "https://rlsbj.cq.gov.cn t20250715_14816829 (重庆)", confidence: "secondary", note: "出行" },
  { province: "50", key: "instant-delivery-1", from: "2025-07", to: null, value: "7", document: "人社部发〔2025〕24号", source: "https://rlsbj.cq.gov.cn t20250715_14816829 (重庆)", confidence: "secondary", note: "即时配送, lower of two figures on the page: bands by company or kind of order" },
  { province: "50", key: "instant-delivery-2", from: "2025-07", to: null, value: "25", document: "人社部发〔2025〕24号", source: "https://rlsbj.cq.gov.cn t20250715_14816829 (重庆)", confidence: "secondary", note: "即时配送, upper of two figures on the page" },
  { province: "50", key: "city-freight", from: "2025-07", to: null, value: "18", document: "人社部发〔2025〕24号", source: "https://rlsbj.cq.gov.cn t20250715_14816829 (重庆)", confidence: "secondary", note: "同城货运" },
]

/** Provinces in which orders are covered, from the month on. */
export const injuryCoverage: readonly Row[] = [
  { province: "11", from: "2022-07", to: null, value: true, document: "人社部发〔2021〕110号", source: "pilot of 7 provinces", confidence: "secondary" },
  { province: "31", from: "2022-07", to: null, value: true, document: "人社部发〔2021〕110号", source: "pilot of 7 provinces", confidence: "secondary" },
  { province: "32", from: "2022-07", to: null, value: true, document: "人社部发〔2021〕110号", source: "pilot of 7 provinces", confidence: "secondary" },
  { province: "44", from: "2022-07", to: null, value: true, document: "人社部发〔2021〕110号", source: "pilot of 7 provinces", confidence: "secondary" },
  { province: "46", from: "2022-07", to: null, value: true, document: "人社部发〔2021〕110号", source: "pilot of 7 provinces", confidence: "secondary" },
  { province: "50", from: "2022-07", to: null, value: true, document: "人社部发〔2021〕110号", source: "pilot of 7 provinces", confidence: "secondary" },
  { province: "51", from: "2022-07", to: null, value: true, document: "人社部发〔2021〕110号", source: "pilot of 7 provinces", confidence: "secondary" },
  { province: "12", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "13", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "21", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "33", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "34", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "35", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "37", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "42", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "45", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "64", from: "2025-07", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary" },
  { province: "14", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "15", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "22", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "23", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "36", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "41", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "43", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "52", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "53", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "54", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "61", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "62", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "63", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
  { province: "65", from: "2026", to: null, value: true, document: "人社部发〔2025〕24号", source: "m.kmwz.net/news/o29xy7LBgd.html", confidence: "secondary", note: "in 2026; the start month is not in the source" },
]
