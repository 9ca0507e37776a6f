import type { ProvinceCode } from "@tongzhang/domain/codes"
import { month } from "@tongzhang/domain/month"
import { describe, expect, it } from "vitest"
import { placeOfReceipt, type ReceiptRule } from "./place-of-receipt.js"

type Part = readonly [ProvinceCode, string, string, number, { temporary?: boolean; untransferable?: number }?]

const ask = (hukou: ProvinceCode, parts: readonly Part[], current?: ProvinceCode) =>
  placeOfReceipt({
    hukou,
    current: current ?? parts.at(-1)?.[0] ?? hukou,
    segments: parts.map(([province, from, to, months, more]) => ({
      province,
      from: month(from),
      to: month(to),
      months,
      temporary: more?.temporary ?? false,
      ...(more?.untransferable === undefined ? {} : { untransferable: more.untransferable }),
    })),
  })

// Constructed from the rule text, and one published case (PUB-005): 120 months in Beijing beat 240 in the hukou province Sichuan.
const cases: readonly (readonly [id: string, hukou: ProvinceCode, parts: readonly Part[], place: string, rule: ReceiptRule])[] = [
  [
    "PLACE-01",
    "51",
    [
      ["44", "2005-01", "2012-12", 96],
      ["51", "2013-01", "2025-06", 150],
    ],
    "51",
    "HUKOU",
  ],
  [
    "PLACE-03",
    "51",
    [
      ["33", "2004-01", "2014-10", 130],
      ["44", "2015-08", "2025-06", 119],
    ],
    "33",
    "PREVIOUS>=120",
  ],
  [
    "PLACE-04",
    "51",
    [
      ["33", "1998-01", "2008-10", 130],
      ["32", "2008-11", "2019-03", 125],
      ["44", "2020-07", "2025-06", 60],
    ],
    "32",
    "PREVIOUS>=120",
  ],
  [
    "PLACE-05",
    "51",
    [
      ["33", "2010-01", "2014-12", 60],
      ["32", "2015-01", "2019-12", 60],
      ["44", "2020-01", "2025-06", 66],
    ],
    "51",
    "HUKOU_FALLBACK",
  ],
  [
    "PLACE-07",
    "51",
    [
      ["44", "2005-01", "2014-12", 120],
      ["31", "2015-01", "2025-06", 126, { temporary: true }],
    ],
    "44",
    "PREVIOUS>=120",
  ],
  ["PLACE-08", "51", [["31", "2014-08", "2025-05", 130, { temporary: true }]], "51", "HUKOU_FALLBACK"],
  [
    "PLACE-09",
    "51",
    [
      ["44", "2001-01", "2012-06", 138],
      ["33", "2012-07", "2023-06", 132],
      ["11", "2023-07", "2025-06", 24],
    ],
    "33",
    "PREVIOUS>=120",
  ],
  [
    "PLACE-11 deemed years",
    "51",
    [
      ["42", "1990-01", "1994-12", 60],
      ["42", "1995-01", "2000-10", 70],
      ["44", "2018-01", "2025-06", 90],
    ],
    "42",
    "PREVIOUS>=120",
  ],
  [
    "PLACE-12 one-off payment",
    "51",
    [
      ["44", "2013-01", "2023-08", 128, { untransferable: 40 }],
      ["33", "2023-09", "2025-06", 22],
    ],
    "51",
    "HUKOU_FALLBACK",
  ],
  [
    "PLACE-13 official transfer",
    "51",
    [
      ["11", "2006-01", "2013-12", 96],
      ["31", "2014-01", "2025-06", 138],
    ],
    "31",
    "CURRENT>=120",
  ],
]

describe("place of benefit receipt 待遇领取地", () => {
  it.each(cases)("%s", (_id, hukou, parts, place, rule) => {
    expect(ask(hukou, parts)).toMatchObject({ province: place, rule, citation: { confidence: "official" } })
  })

  it("PUB-005: exactly 120 months at the current place are ten years", () => {
    const parts: Part[] = [
      ["51", "1995-01", "2014-12", 240],
      ["11", "2015-01", "2024-12", 120],
    ]
    expect(ask("51", parts)).toMatchObject({ province: "11", rule: "CURRENT>=120" })
  })

  it("the current place is asked for, not guessed from the last month: back in the hukou province without a month paid", () => {
    expect(ask("51", [["44", "2005-01", "2024-12", 240]], "51")).toMatchObject({ province: "51", rule: "HUKOU" })
  })

  it("cities of one province add up", () => {
    const parts: Part[] = [
      ["44", "2010-01", "2014-12", 60],
      ["33", "2015-01", "2015-12", 12],
      ["44", "2016-01", "2020-12", 60],
    ]
    expect(ask("51", parts)).toMatchObject({ province: "44", rule: "CURRENT>=120" })
  })

  it("a short job in the middle does not hide an older ten years", () => {
    const parts: Part[] = [
      ["33", "1998-01", "2008-12", 132],
      ["32", "2009-01", "2010-12", 24],
      ["44", "2011-01", "2012-12", 24],
    ]
    expect(ask("51", parts)).toMatchObject({ province: "33", rule: "PREVIOUS>=120" })
  })

  it("says each test it asked, in both languages, the deciding one last", () => {
    const { tests } = ask("51", [
      ["33", "2004-01", "2014-10", 130],
      ["44", "2015-08", "2025-06", 119],
    ])
    expect(tests.map((test) => test.holds)).toEqual([false, false, true])
    expect(tests.at(1)?.text_zh).toContain("119个月")
    expect(tests.at(2)?.text_en).toContain("Zhejiang 130")
  })
})
