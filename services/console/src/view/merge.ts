/** Whether two doubled relations may be merged instead of keeping one: what the law says of each kind, and what may be done. */
import type { Language } from "./places.js"

type Text = Readonly<Record<Language, string>>
export type Merge = {
  /** Once cleared, the months of both count together; the doubled ones never twice. */
  readonly addsUp: boolean
  readonly why: Text
  readonly next: Text
  readonly article: string
}

const employees: Merge = {
  addsUp: true,
  why: {
    zh: "同一个月只能计算一次，重复月份不能合并；须先与本人商定保留哪一段，另一段的重复月份清退个人账户部分。",
    en: "A month counts once: the doubled months cannot be merged. One side is kept, as agreed with the person, and the account share of the other side's doubled months goes back.",
  },
  next: {
    zh: "清退后，其余月份可由本人一次申请转移接续（N 到 1），合并到一地累计。",
    en: "Once cleared, the other months can be brought together by one application for a transfer (N to 1).",
  },
  article: "人社部发〔2009〕187号；〔2010〕70号",
}
const withResident: Merge = {
  addsUp: false,
  why: {
    zh: "重复月份只算职工养老，居民养老的个人缴费和集体补助退还本人；职工与居民关系只有到法定年龄才能衔接合并。",
    en: "A doubled month counts as employee; what the person and the collective paid for it as a resident goes back. The two are linked only at the statutory age.",
  },
  next: { zh: "到龄时办理制度衔接，个人账户合并。", en: "At the statutory age the schemes are linked and the accounts merge." },
  article: "人社部发〔2014〕17号 第三至七条",
}

export const merges: Readonly<Record<string, Merge>> = {
  "EMP-EMP": employees,
  "EMP-PUB": { ...employees, article: "人社部规〔2017〕1号；人社部发〔2009〕187号" },
  "EMP-RES": withResident,
  "RES-RES": {
    addsUp: false,
    why: {
      zh: "同一个月只算一次；两地居民养老如何合并没有全国规定，须先保留一地。",
      en: "A month counts once; no national rule says how two resident relations merge, so one place is kept first.",
    },
    next: { zh: "户籍迁移后可办理居民养老关系转移。", en: "After a move of the hukou the resident relation can be transferred." },
    article: "人社部发〔2014〕17号（无全国统一规定，待明确）",
  },
  "MED-MED": {
    addsUp: false,
    why: {
      zh: "同一时期只能有一个医保关系，不能合并；按就业地、常住地、连续缴费判断保留哪一个。",
      en: "Only one medical relation at a time; they do not merge. Place of work, residence and unbroken payment decide which is kept.",
    },
    next: { zh: "另一关系暂停，缴费按当地规定退还。", en: "The other is suspended; payments go back by the local rule." },
    article: "医保发〔2020〕33号",
  },
  "UNEMP-UNEMP": {
    addsUp: true,
    why: { zh: "同一个月只算一次；须先保留一地。", en: "A month counts once; one place is kept first." },
    next: { zh: "跨省转移后缴费月数合并计算。", en: "After a transfer between provinces the months add up." },
    article: "人社厅发〔2021〕85号",
  },
  "PENSION-PENSION": {
    addsUp: false,
    why: { zh: "一人只能领取一份基本养老金，两份待遇不能合并。", en: "One basic pension for one person: two do not merge." },
    next: {
      zh: "保留一份，另一份终止，多领部分退还或抵扣。",
      en: "One is kept, the other ends; what was paid twice is given back or set off.",
    },
    article: "人社部规〔2016〕5号 第五条",
  },
  "PENSION-RES": {
    addsUp: false,
    why: {
      zh: "已领职工养老金的，居民养老关系终止，不能并领，也不能合并。",
      en: "Whoever draws an employee pension ends the resident relation: neither both nor merged.",
    },
    next: {
      zh: "退还居民个人账户余额（政府补贴除外），追回或抵扣居民基础养老金。",
      en: "The resident balance without subsidy goes back; the resident basic pension is recovered or set off.",
    },
    article: "人社部发〔2014〕17号 第八条",
  },
}
