/** What the rules on keeping one of two relations say of themselves; `overlap-keep.ts` applies them. */
import type { OverlapKind } from "@tongzhang/domain/overlap"
import type { Ruling, Value } from "../explain/explained.js"
import type { Rule, RuleVersion } from "../explain/rule.js"
import { beginning, op } from "./describe.js"
import { nothingTellsApart, overlapBeforeRule, shortEmployment, twoResidentRelations } from "./relation-questions.js"

const before: RuleVersion = {
  from: beginning,
  formula: "null",
  article: "no national rule on this kind of overlap yet",
  source: "tongzhang",
  confidence: "constructed",
}

const more = (fact: string, otherwise: string): string =>
  `if(a_${fact} != b_${fact}, if(a_${fact} > b_${fact}, a, b), ${otherwise})`
const onlyOne = (fact: string, otherwise: string): string => `if(a_${fact} != b_${fact}, if(a_${fact}, a, b), ${otherwise})`

const sides = {
  a: op("甲", "one side", "code"),
  b: op("乙", "other side", "code"),
} as const
const months = { a_months: op("甲月数", "its months", "months"), b_months: op("乙月数", "its months", "months") } as const
const active = { a_active: op("甲在保", "still running", "flag"), b_active: op("乙在保", "still running", "flag") } as const
const schemes = { a_scheme: op("甲险种", "its scheme", "code"), b_scheme: op("乙险种", "its scheme", "code") } as const

type Sides = Readonly<Record<string, Value>>
const two: Sides = { a: "32_110", b: "44_110" }
const example = (version: string, operands: Sides, value: Value, basis = "constructed") => ({
  version,
  operands: { ...two, ...operands },
  value,
  basis,
})
const nothingBefore = example(beginning, {}, null)

const byMonths = more("months", onlyOne("active", "null"))
const longer = { a_months: 12, b_months: 15, a_active: true, b_active: true }
const openQuestions: readonly Ruling[] = [overlapBeforeRule, nothingTellsApart]

const employee: Rule = {
  id: "overlap/keep-employee",
  title: { zh: "两个职工养老关系保留哪一个", en: "which of two employee relations is kept" },
  summary: {
    zh: "由社保机构与本人协商确定保留一个关系和账户；系统只提出建议：月数多的，相同则在保的。",
    en: "One relation and one account are kept, as agency and person agree; proposed is the longer one, else the one still running.",
  },
  unit: "code",
  operands: { ...sides, ...months, ...active },
  versions: [
    before,
    {
      from: "2010-01-01",
      formula: byMonths,
      article: "人社部发〔2009〕187号, 〔2010〕70号: 与本人协商确定保留其中一个关系; the proposal is tongzhang's own",
      source: "quoted by 缙云 jinyun.gov.cn",
      confidence: "secondary",
    },
  ],
  examples: [nothingBefore, example("2010-01-01", longer, "44_110")],
  openQuestions,
}

const publicSector: Rule = {
  id: "overlap/keep-public",
  title: { zh: "企业职工与机关事业养老重复保留哪一个", en: "which of an enterprise and a public-sector relation is kept" },
  summary: { zh: "同职工养老重复：协商确定。", en: "As between two employee relations: by agreement." },
  unit: "code",
  operands: { ...sides, ...months, ...active },
  versions: [
    before,
    {
      from: "2017-01-01",
      formula: byMonths,
      article: "人社部规〔2017〕1号",
      source: "from memory, not read",
      confidence: "memory",
    },
  ],
  examples: [nothingBefore, example("2017-01-01", longer, "44_110")],
  openQuestions,
}

const twoPensions: Rule = {
  id: "overlap/keep-pension",
  title: { zh: "两份养老金保留哪一份", en: "which of two pensions is kept" },
  summary: {
    zh: "保留一份，另一份终止；由本人与机构协商确定。",
    en: "One is kept, the other ends; person and agency agree on it.",
  },
  unit: "code",
  operands: { ...sides, ...months, ...active },
  versions: [
    before,
    {
      from: "2016-11-28",
      formula: byMonths,
      article: "人社部规〔2016〕5号 §5; 社会保险经办条例 Art 46",
      source: "szyq.gov.cn",
      confidence: "secondary",
    },
  ],
  examples: [nothingBefore, example("2016-11-28", { a_months: 0, b_months: 0, a_active: true, b_active: false }, "32_110")],
  openQuestions,
}

const overResident =
  'if(contains(["170", "390"], a_scheme) != contains(["170", "390"], b_scheme), if(contains(["170", "390"], a_scheme), b, a), null)'
const pair = { a: "41_170", b: "44_110", a_scheme: "170", b_scheme: "110" }

const employeeOverResident: Rule = {
  id: "overlap/keep-employee-over-resident",
  title: { zh: "职工与居民养老重复保留哪一个", en: "an employee against a resident relation" },
  summary: { zh: "按月清理，保留职工养老保险月份。", en: "Month by month the employee relation is kept." },
  unit: "code",
  operands: { ...sides, ...schemes },
  versions: [
    before,
    {
      from: "2014-07-01",
      formula: overResident,
      article: "人社部发〔2014〕17号 Art 7: 按月清理, 保留职工养老保险月份",
      source: "full-text mirror",
      confidence: "secondary",
    },
  ],
  examples: [nothingBefore, example("2014-07-01", pair, "44_110", "constructed (DUP-03)")],
  openQuestions,
}

const pensionOverResident: Rule = {
  ...employeeOverResident,
  id: "overlap/keep-pension-over-resident",
  title: { zh: "职工与居民养老金并领保留哪一份", en: "an employee against a resident pension" },
  summary: { zh: "终止居民养老保险关系，保留职工养老金。", en: "The resident relation ends, the employee pension stays." },
  versions: [
    before,
    {
      from: "2014-07-01",
      formula: overResident,
      article: "人社部发〔2014〕17号 Art 8: 终止并解除居民养老保险关系",
      source: "full-text mirror",
      confidence: "secondary",
    },
  ],
}

const earlier = "if(a_since = null or b_since = null, null, if(a_since < b_since, a, if(b_since < a_since, b, null)))"

const residents: Rule = {
  id: "overlap/keep-resident",
  title: { zh: "两份居民养老保留哪一份", en: "which of two resident relations is kept" },
  summary: {
    zh: "没有全国规定。缴费期间：户籍地，否则先参保地；两地都在发放的：先参保地（青岛）。",
    en: "There is no national rule. While paying in: the hukou province, else the first place; when both pay benefits: the first place (青岛).",
  },
  unit: "code",
  operands: {
    ...sides,
    a_province: op("甲省", "its province", "code"),
    b_province: op("乙省", "its province", "code"),
    a_since: op("甲起始月", "begun in", "month"),
    b_since: op("乙起始月", "begun in", "month"),
    hukou: op("户籍地", "hukou province", "code"),
    both_drawing: op("两地都在发放待遇", "both pay benefits", "flag"),
  },
  versions: [
    {
      from: beginning,
      formula: `if(both_drawing, ${earlier}, if((a_province = hukou) != (b_province = hukou), if(a_province = hukou, a, b), ${earlier}))`,
      article: "no national rule found; local practice: 户籍地, 青岛 keeps the first place",
      source: "青岛 practice",
      confidence: "low",
    },
  ],
  examples: [
    example(
      beginning,
      {
        a: "37_170",
        b: "41_170",
        a_province: "37",
        b_province: "41",
        a_since: "2012-01",
        b_since: "2016-01",
        hukou: "41",
        both_drawing: true,
      },
      "37_170",
      "constructed (DUP-04)",
    ),
  ],
  openQuestions: [twoResidentRelations, nothingTellsApart],
}

const residentCount = '(if(contains(["170", "390"], a_scheme), 1, 0) + if(contains(["170", "390"], b_scheme), 1, 0))'
const suspended = "the one whose benefits can be used; the other is suspended"

export const medicalGroundRule: Rule = {
  id: "overlap/medical-ground",
  title: { zh: "医保重复按什么保留", en: "what decides between two medical relations" },
  summary: {
    zh: "职工与职工：就业地。居民与居民：常住地，学生按学籍地。职工与居民：连续参加职工医保一年以上的保留职工；灵活就业的保留可享受待遇的一份，暂停另一份。",
    en: "Two employees' covers: place of employment. Two residents': habitual residence, students at school. Employee and resident: the employee's after an unbroken year; a flexible worker keeps the one whose benefits can be used, the other is suspended.",
  },
  unit: "text",
  operands: {
    ...schemes,
    studies: op("在校学生", "a student at one of the places", "flag"),
    capacity: op("职工一方的参保身份", "capacity of the worker's side", "code"),
    unbroken: op("职工医保连续月数", "unbroken months of the worker's side", "months"),
  },
  versions: [
    {
      from: "2020-08-26",
      formula:
        `if(${residentCount} = 0, "place of employment", if(${residentCount} = 2, if(studies, "school", "habitual residence"), ` +
        `if(capacity = "employee" and unbroken >= 12, "employee", "${suspended}")))`,
      article: "医保发〔2020〕33号: 职工按就业地, 居民按常住地, 学生按学籍地; 连续 1 年以上保留职工医保",
      source: "quoted by carmay.cn",
      confidence: "secondary",
    },
  ],
  examples: [
    {
      version: "2020-08-26",
      operands: { a_scheme: "310", b_scheme: "390", studies: false, capacity: "employee", unbroken: 14 },
      value: "employee",
      basis: "constructed (MED-04)",
    },
    {
      version: "2020-08-26",
      operands: { a_scheme: "310", b_scheme: "390", studies: false, capacity: "flexible", unbroken: 30 },
      value: suspended,
      basis: "constructed (MED-05)",
    },
  ],
  openQuestions: [shortEmployment],
}

const medical: Rule = {
  id: "overlap/keep-medical",
  title: { zh: "医保重复保留哪一个", en: "which of two medical relations is kept" },
  summary: medicalGroundRule.summary,
  unit: "code",
  operands: {
    ...sides,
    ...schemes,
    ground: op("保留依据", "what decides", "text"),
    a_employed: op("甲在职参保", "employed and running", "flag"),
    b_employed: op("乙在职参保", "employed and running", "flag"),
    ...active,
    a_studies: op("甲为学籍地", "at school there", "flag"),
    b_studies: op("乙为学籍地", "at school there", "flag"),
    a_lives: op("甲为常住地", "lives there", "flag"),
    b_lives: op("乙为常住地", "lives there", "flag"),
    a_usable: op("甲可享受待遇", "benefits can be used", "flag"),
    b_usable: op("乙可享受待遇", "benefits can be used", "flag"),
  },
  versions: [
    before,
    {
      from: "2020-08-26",
      formula:
        `if(ground = "place of employment", ${onlyOne("employed", onlyOne("active", "null"))}, ` +
        `if(ground = "school", ${onlyOne("studies", "null")}, if(ground = "habitual residence", ${onlyOne("lives", "null")}, ` +
        `if(ground = "employee", if(contains(["170", "390"], a_scheme), b, a), ${onlyOne("usable", "null")}))))`,
      article: "医保发〔2020〕33号",
      source: "quoted by carmay.cn",
      confidence: "secondary",
    },
  ],
  examples: [
    nothingBefore,
    example(
      "2020-08-26",
      { ground: "employee", a: "41_390", b: "44_310", a_scheme: "390", b_scheme: "310" },
      "44_310",
      "constructed (MED-04)",
    ),
    example("2020-08-26", { ground: "habitual residence", a_lives: false, b_lives: true }, "44_110", "constructed (MED-03)"),
  ],
  openQuestions: [overlapBeforeRule, nothingTellsApart, shortEmployment],
}

const unemployment: Rule = {
  id: "overlap/keep-unemployment",
  title: { zh: "失业保险重复保留哪一个", en: "which of two unemployment relations is kept" },
  summary: { zh: "关系随就业转移，缴费年限累计。", en: "The relation follows the work, the months add up." },
  unit: "code",
  operands: { ...sides, ...active, ...months },
  versions: [
    before,
    {
      from: "2023-12-01",
      formula: onlyOne("active", more("months", "null")),
      article: "社会保险经办条例 Art 14: 关系随就业转移, 缴费年限累计",
      source: "社会保险经办条例, full text",
      confidence: "official",
    },
  ],
  examples: [nothingBefore, example("2023-12-01", { ...longer, b_active: false }, "32_110")],
  openQuestions,
}

export const keepRules: Readonly<Record<OverlapKind, Rule>> = {
  "EMP-EMP": employee,
  "EMP-PUB": publicSector,
  "EMP-RES": employeeOverResident,
  "RES-RES": residents,
  "MED-MED": medical,
  "UNEMP-UNEMP": unemployment,
  "PENSION-PENSION": twoPensions,
  "PENSION-RES": pensionOverResident,
}

export const agreementRule: Rule = {
  id: "overlap/agreement",
  title: { zh: "是否须与本人协商", en: "does the person have to agree" },
  summary: {
    zh: "两个职工关系、职工与机关事业关系、两份养老金：由机构与本人协商确定，系统不代为决定。",
    en: "Two employee relations, enterprise and public sector, two pensions: agency and person agree; software never decides.",
  },
  unit: "flag",
  operands: { kind: op("重复类型", "kind of overlap", "code") },
  versions: [
    {
      from: beginning,
      formula: 'contains(["EMP-EMP", "EMP-PUB", "PENSION-PENSION"], kind)',
      article: "人社部发〔2009〕187号: 与本人协商确定; 人社部规〔2016〕5号 §5",
      source: "quoted by 缙云 jinyun.gov.cn",
      confidence: "secondary",
    },
  ],
  examples: [
    { version: beginning, operands: { kind: "EMP-EMP" }, value: true, basis: "constructed" },
    { version: beginning, operands: { kind: "EMP-RES" }, value: false, basis: "constructed" },
  ],
}
