/** What the rules on transferred money say of themselves (国办发〔2009〕66号 Art 4 and 5). `transfer-money.ts` applies them. */
import type { Rule } from "../explain/rule.js"
import { beginning, doc66, op } from "./describe.js"

const art4 =
  "国办发〔2009〕66号 Art 4: 统筹基金（单位缴费）以本人 1998 年 1 月 1 日后各年度实际缴费工资为基数，按 12% 的总和转移，参保缴费不足 1 年的按实际缴费月数计算"
const doc26 = "国发〔1997〕26号: 职工调动时，个人账户全部随同转移; 统筹部分不转移"
const official = { article: art4, source: doc66, confidence: "official" } as const
const before66 = { article: doc26, source: "from memory, not read", confidence: "memory" } as const

export const partBasesRule: Rule = {
  id: "transfer/part-bases",
  title: { zh: "一笔缴费的缴费基数之和", en: "bases of one payment" },
  summary: {
    zh: "该笔缴费每月缴费基数乘以实缴月数；1998年1月以前的月份、不得转移的月份不计。",
    en: "The monthly base times the months really paid; months before 1998-01 and months that do not travel are left out.",
  },
  unit: "fen",
  operands: {
    base: op("月缴费基数", "monthly base", "fen"),
    from: op("起始月", "first month", "month"),
    to: op("终止月", "last month", "month"),
    excluded: op("不计月份", "months left out", "month"),
  },
  versions: [
    {
      from: beginning,
      formula: 'base * count(without(months_of(if(from < "1998-01", "1998-01", from), to), excluded))',
      ...official,
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { base: 500_000, from: "2018-01", to: "2018-12", excluded: [] },
      value: 6_000_000,
      basis: "constructed (MONEY-01)",
    },
    {
      version: beginning,
      operands: { base: 50_000, from: "1997-10", to: "1998-02", excluded: ["1998-02"] },
      value: 50_000,
      basis: "constructed",
    },
  ],
}

export const yearBasesRule: Rule = {
  id: "transfer/year-bases",
  title: { zh: "一个年度的缴费基数之和", en: "bases of one year" },
  summary: {
    zh: "信息表（二）一行：月缴费基数乘以实缴月数；1998年以前的年度、不得转移的月数不计。",
    en: "A row of 信息表(二): monthly base times the months really paid; years before 1998 and months that do not travel are left out.",
  },
  unit: "fen",
  operands: {
    year: op("年度", "year", "count"),
    base: op("月缴费基数", "monthly base", "fen"),
    months: op("实缴月数", "months paid", "months"),
    untransferable: op("不得转移月数", "months that do not travel", "months"),
  },
  versions: [{ from: beginning, formula: "if(year < 1998, 0, base * max(0, months - untransferable))", ...official }],
  examples: [
    {
      version: beginning,
      operands: { year: 2024, base: 480_050, months: 5, untransferable: 0 },
      value: 2_400_250,
      basis: "constructed (MONEY-02)",
    },
    { version: beginning, operands: { year: 1997, base: 50_000, months: 12, untransferable: 0 }, value: 0, basis: "constructed" },
  ],
}

export const rateCorrectionRule: Rule = {
  id: "transfer/account-rate-correction",
  title: { zh: "个人账户记账比例差额", en: "correction of the account rate" },
  summary: {
    zh: "1998—2005年个人账户记账规模按11%计，高于11%的部分不转，低于的补足；2006年起按8%。",
    en: "1998-2005 the account moves at 11 % of the base: what was booked above stays, what is missing is topped up; 8 % from 2006.",
  },
  unit: "fen",
  operands: {
    year: op("年度", "year", "count"),
    booked_rate: op("实际记账比例", "rate booked", "rate"),
    base: op("月缴费基数", "monthly base", "fen"),
    months: op("实缴月数", "months paid", "months"),
  },
  versions: [
    {
      from: beginning,
      formula: "0",
      article: doc26,
      source: "from memory, not read",
      confidence: "memory",
    },
    {
      from: "2010-01-01",
      formula: "if(year < 1998, 0, round((if(year < 2006, 11%, 8%) - booked_rate) * base * months, 1, half_up))",
      article: "人社部发〔2009〕187号: 1998—2005 年记账比例高于 11% 的部分不转移, 低于 11% 的补足",
      source: "quoted with 人社厅发〔2017〕7号",
      confidence: "secondary",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: 0, basis: "constructed" },
    {
      version: "2010-01-01",
      operands: { year: 2003, booked_rate: "0.08", base: 100_000, months: 12 },
      value: 36_000,
      basis: "constructed",
    },
    {
      version: "2010-01-01",
      operands: { year: 2001, booked_rate: "0.12", base: 100_000, months: 12 },
      value: -12_000,
      basis: "constructed",
    },
  ],
}

export const movedAccountRule: Rule = {
  id: "transfer/account",
  title: { zh: "个人账户转移额", en: "account that moves" },
  summary: {
    zh: "1998年1月1日前个人缴费累计本息，加上1998年1月1日起的全部储存额（按记账比例调整）。",
    en: "Own payments with interest before 1998-01-01, and the whole balance since, with the rate corrected.",
  },
  unit: "fen",
  operands: {
    balances: op("1998年前个人缴费本息、其后储存额", "own payments before 1998 with interest, balance since", "fen"),
    corrections: op("记账比例差额", "corrections of the rate", "fen"),
  },
  versions: [{ from: beginning, formula: "sum(balances) + sum(corrections)", ...official }],
  examples: [
    {
      version: beginning,
      operands: { balances: [123_456, 2_000_000], corrections: [] },
      value: 2_123_456,
      basis: "constructed (MONEY-03)",
    },
  ],
}

export const movedPooledRule: Rule = {
  id: "transfer/pooled",
  title: { zh: "统筹基金转移额", en: "pooled money that moves" },
  summary: {
    zh: "1998年1月1日后各年度实际缴费工资总和的12%，与单位实际缴费比例无关；前次转入月份以转入的统筹额为限。",
    en: "12 % of the bases since 1998-01-01, whatever the employer really paid; for months that came with earlier transfers no more than came.",
  },
  unit: "fen",
  operands: {
    bases: op("本地缴费基数之和", "bases paid here", "fen"),
    received_bases: op("转入月份的基数之和", "bases of months received", "fen"),
    received_pooled: op("前次转入的统筹额", "pooled money received", "fen"),
  },
  versions: [
    { from: beginning, formula: "0", ...before66 },
    {
      from: "2010-01-01",
      formula:
        "min(round((sum(bases) + sum(received_bases)) * 12%, 1, half_up), " +
        "if(count(received_pooled) = 0, round((sum(bases) + sum(received_bases)) * 12%, 1, half_up), " +
        "round(sum(bases) * 12%, 1, half_up) + sum(received_pooled)))",
      ...official,
      change_en: "12 % of the bases moves with the relation.",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: 0, basis: "constructed" },
    {
      version: "2010-01-01",
      operands: { bases: [6_000_000, 7_200_000], received_bases: [], received_pooled: [] },
      value: 1_584_000,
      basis: "constructed (MONEY-01)",
    },
    {
      version: "2010-01-01",
      operands: { bases: [6_000_000], received_bases: [1_000_000], received_pooled: [100_000] },
      value: 820_000,
      basis: "constructed",
    },
  ],
}

export const temporaryMoneyRule: Rule = {
  id: "transfer/temporary-account",
  title: { zh: "临时账户转移额", en: "what a temporary account moves" },
  summary: {
    zh: "临时账户内单位和个人缴费的全部本息转移。",
    en: "All employer and individual contributions of a temporary account move, with their interest.",
  },
  unit: "fen",
  operands: { held: op("单位和个人缴费本息", "contributions and interest", "fen") },
  versions: [
    {
      from: "2010-01-01",
      formula: "sum(held)",
      article: "国办发〔2009〕66号 Art 5: 临时基本养老保险缴费账户中的全部缴费本息转移",
      source: doc66,
      confidence: "official",
    },
  ],
  examples: [
    {
      version: "2010-01-01",
      operands: { held: [1_920_000, 960_000, 91_234] },
      value: 2_971_234,
      basis: "constructed (MONEY-06)",
    },
  ],
}

export const transferTotalRule: Rule = {
  id: "transfer/total",
  title: { zh: "转移总额", en: "money that moves" },
  summary: {
    zh: "个人账户加统筹基金。省内流动只转关系，不转基金；已领取养老金的不再转移。",
    en: "Account and pooled money. Inside a province only the relation moves; who draws a pension moves nothing.",
  },
  unit: "fen",
  operands: {
    account: op("个人账户转移额", "account", "fen"),
    pooled: op("统筹基金转移额", "pooled money", "fen"),
    same_province: op("省内流动", "inside one province", "flag"),
    drawing_pension: op("已领取养老金", "draws a pension already", "flag"),
  },
  versions: [
    {
      from: beginning,
      formula: "if(same_province or drawing_pension, 0, account + pooled)",
      article: "国办发〔2009〕66号 Art 2, Art 4; 社会保险经办条例 Art 12",
      source: doc66,
      confidence: "official",
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { account: 1_106_025, pooled: 1_584_000, same_province: false, drawing_pension: false },
      value: 2_690_025,
      basis: "constructed (MONEY-01)",
    },
  ],
}
