/**
 * How a province computes a pension where the national formula leaves it open: rounding, decimals of years and index, which wage, the
 * divisor. Read off determination forms that recompute to the fen (law.md §6.3, §6.4); no document of an authority was seen for any of
 * them, so each is `low` or `secondary` at best and holds from 2006 unless a form shows when it began; what is usual, since there are accounts.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Row } from "../row.js"

const forms = "determination forms recomputed to the fen (worked-examples.json)"
const from2006 = "2006-01"

/** One practice, the nation's and those of the provinces that differ: value, provinces. */
const practice = (
  key: string,
  usual: string,
  others: Readonly<Record<string, readonly ProvinceCode[]>>,
  known: Pick<Row, "source" | "confidence" | "note" | "unit"> = {
    source: forms,
    confidence: "secondary",
  },
): readonly Row[] => [
  { key, from: "1998-01", to: null, value: usual, ...known },
  ...Object.entries(others).flatMap(([value, provinces]) =>
    provinces.map((province): Row => ({ province, key, from: from2006, to: null, value, ...known })),
  ),
]

export const pensionPractices: readonly Row[] = [
  // Years of months/12: `exact`, or to so many decimals.
  ...practice("years", "two-decimals", {
    exact: ["14", "15", "31", "36", "44", "53", "61"],
    "two-decimals-down": ["62"],
    "two-decimals-up": ["45"],
    "tenth-up": ["34"],
  }),
  {
    province: "32",
    key: "years",
    from: "2026-01",
    to: null,
    value: "four-decimals",
    source: forms,
    confidence: "low",
    note: "two decimals on forms of 2024, four on those of 2026",
  },
  // Basic, account and transitional part, each: to the fen; to the jiao (四舍五入到角); cut to the fen, then any fen up to the jiao (见分进角).
  ...practice("part-rounding", "fen", { "jiao-up": ["45"] }),
  {
    province: "31",
    key: "part-rounding",
    from: "2024-01",
    to: null,
    value: "jiao",
    source: forms,
    confidence: "low",
    note: "to the jiao on a form of 2026, the account part to the fen on one of 2023",
  },
  // The sum of the parts: as it is, up to the jiao, up to the yuan.
  ...practice("total-rounding", "fen", { "jiao-up": ["14", "33"] }),
  {
    province: "32",
    key: "total-rounding",
    from: "2026-06",
    to: null,
    value: "jiao-up",
    source: forms,
    confidence: "low",
    note: "not rounded on a form of 2026-02, rounded on one of 2026-06",
  },
  {
    province: "21",
    region: "沈阳",
    key: "total-rounding",
    from: "2025-01",
    to: null,
    value: "yuan-up",
    source: forms,
    confidence: "low",
    note: "one form of 2025-03; those of 2023, 2024 and 2026-03 are not rounded",
  },
  // Months between the first and the last paid one that were not paid: left out of the mean of the indices, or in it as 0.
  ...practice(
    "gap-months",
    "left-out",
    { "as-zero": ["11", "12", "61", "33", "53"] },
    { source: "note of a public repository (law.md §6.3)", confidence: "low" },
  ),
  // Step to which the average index is rounded.
  ...practice(
    "index-step",
    "0.0001",
    {
      "0.01": ["12", "22"],
      "0.001": ["35", "36", "37", "51", "54", "61", "63", "65"],
      "0.00001": ["11"],
      "0.000001": ["14", "31"],
    },
    { unit: "index", source: forms, confidence: "low", note: "decimals as printed; a form may print fewer than the system keeps" },
  ),
  // 本人指数化月平均缴费工资: as it is, or to the fen before it is used.
  ...practice(
    "indexed-wage",
    "exact",
    { fen: ["22"] },
    { source: "a published case of 长春 (PUB-002) recomputed to the fen", confidence: "low" },
  ),
  // Index below 0.6: the base of the year counts in the proportion index/0.6, to four decimals (`proportional`); 深圳 pays it in full.
  ...practice(
    "low-index",
    "full",
    { proportional: ["44"] },
    {
      source: "two forms of 广东 recomputed to the fen; one of 深圳 with an index of 0.3803 is not reduced",
      confidence: "low",
    },
  ),
  {
    province: "44",
    region: "深圳",
    key: "low-index",
    from: from2006,
    to: null,
    value: "full",
    source: "one form of 深圳 with an index of 0.3803, recomputed to the fen",
    confidence: "low",
  },
  // Transitional part: base × index × years × rate, or without the index.
  ...practice("transitional-formula", "indexed", { "base-only": ["15"] }, { source: forms, confidence: "low" }),
  // The transitional part's own average index: the same, or another that no document seen defines.
  ...practice(
    "transitional-index",
    "same",
    { own: ["12", "14", "32", "41"] },
    { source: "forms and a note of a public repository (law.md §6.3)", confidence: "low" },
  ),
  // A city's base and that of the province: one of them for both halves, or the city's next to the province's.
  ...practice(
    "two-bases",
    "one",
    { "city-and-province": ["22", "41", "42"] },
    { source: "PUB-002 (长春) and forms of 河南, 湖北", confidence: "low" },
  ),
  // From when a month's payment earns interest in its year: `from-next-month` 11 months for January, none for December; `from-same-month`
  // 12 and 1; `whole-year` 12 for all; `none` until the next year.
  ...practice(
    "account-interest",
    "from-next-month",
    {},
    { source: "no official formula was found (law.md §6.5); month-product method from memory", confidence: "memory" },
  ),
]
