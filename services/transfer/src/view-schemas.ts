/** What the HTTP API shows of an application. Money in fen, dates +08:00. */
import { dateText, fenAmount, province, scheme, transferId, personKey, moved, monthRanges } from "@tongzhang/contracts/primitives"
import { z } from "zod"

const words = z.object({ zh: z.string(), en: z.string() })
const place = z.object({ code: province, zh: z.string(), en: z.string() })

export const states = ["accepted", "in_process", "needs_correction", "completed", "returned"] as const
export type State = (typeof states)[number]
export const stateNames: Readonly<Record<State, { readonly zh: string; readonly en: string }>> = {
  accepted: { zh: "已受理", en: "accepted" },
  in_process: { zh: "处理中", en: "in process" },
  needs_correction: { zh: "需补正", en: "needs correction" },
  completed: { zh: "已办结", en: "completed" },
  returned: { zh: "已退回", en: "returned" },
}

export const lineSchema = z.object({ at: z.int().describe("ms since 1970"), type: z.string(), leg: province.nullable(), words })

export const legSchema = z.object({
  from: place,
  temporary: z.boolean(),
  step: z.enum(["letter", "statement", "money", "booking"]).nullable().describe("what the leg waits for; null when it is over"),
  stepWords: words.nullable(),
  /** 1..4 of 4 done. */
  done: z.int().min(0).max(4),
  holder: place.nullable().describe("who holds it"),
  due: dateText.nullable(),
  workingDaysLeft: z.int().nullable().describe("negative: days late"),
  overdue: z.boolean(),
  reminded: z.boolean(),
  escalated: z.boolean(),
  waiting: words.nullable().describe("why it waits"),
  lastMessage: lineSchema.nullable(),
  letterNo: z.string().nullable(),
  planned: moved,
  statement: moved.nullable(),
  received: z.object({ account_fen: fenAmount, pooled_fen: fenAmount, remittances: z.int() }),
  mismatch: z.object({ stated_fen: fenAmount, received_fen: fenAmount }).nullable(),
  disputed: z.string().nullable(),
  outcome: z.enum(["open", "booked", "failed"]),
  failure: z.string().nullable(),
})

export const summarySchema = z.object({
  transferId,
  person: personKey,
  scheme,
  to: place,
  state: z.enum(states),
  stateWords: words,
  headline: words,
  requestedOn: dateText,
  progress: z.object({ done: z.int(), of: z.int(), percent: z.int() }),
  months: z.int().describe("months under way or moved"),
  amount_fen: fenAmount.describe("account and pooled money of the legs that did not fail"),
  inTransit_fen: fenAmount,
  overdue: z.boolean(),
  escalated: z.boolean(),
  nextDue: dateText.nullable(),
})

export const viewSchema = summarySchema.extend({
  placeOfReceipt: z.object({ province: place, rule: z.string() }).nullable(),
  explainedBy: z
    .object({ question: z.string(), ruleDate: dateText, knownAt: z.iso.datetime() })
    .nullable()
    .describe(
      "query of GET /national/persons/{key}/explain: its answers legs.{province}.months, .account_fen, .pooled_fen, .bases_fen, placeOfReceipt.* are the planned numbers",
    ),
  completedOn: dateText.nullable(),
  returned: z.object({ reason: z.string(), on: dateText }).nullable(),
  legs: z.array(legSchema),
  history: z.array(lineSchema),
})

const boardRow = summarySchema.extend({
  legs: z.array(legSchema),
  completedOn: dateText.nullable(),
  returned: z.object({ reason: z.string(), on: dateText }).nullable(),
})

export const boardSchema = z.object({
  today: dateText,
  transfers: z.array(boardRow),
  total: z.int().describe("that match, on all pages"),
  inTransit_fen: fenAmount,
  counts: z.record(z.enum(states), z.int()),
  next: z.string().nullable().describe("cursor of the next page"),
})

/** Working days by the State Council's calendar; null where no leg has taken the step. */
const days = z.object({ median_wd: z.number().nullable(), p95_wd: z.number().nullable() })
export const performanceSchema = z.object({
  today: dateText,
  dataOf: z.iso.datetime().nullable().describe("time of the newest event of these applications"),
  applications: z.int().describe("all in the index: those open, and the last 50,000 finished"),
  legs: z.int().describe("their legs, one per former province"),
  steps: z
    .array(
      days.extend({
        step: z.enum(["requested", "letter", "statement", "money", "booking"]),
        reached: z.int().describe("legs that have taken this step"),
        waiting: z.int().describe("open legs that wait for this step"),
        overdue: z.int().describe("of those waiting, past their due date"),
        failed: z.int().describe("legs that ended without it"),
      }),
    )
    .describe("in their order; days are those since the step before"),
  whole: days.describe("from the application to its completion, of completed applications").extend({ completed: z.int() }),
  pairs: z.array(
    days.extend({
      from: province,
      to: province,
      legs: z.int(),
      open: z.int(),
      overdue: z.int(),
      booked: z.int().describe("the days are theirs: from the application to the booking"),
    }),
  ),
})

export const taskKinds = ["send_statement", "send_money", "record_money", "settle_dispute", "correct_money"] as const
export const roles = ["origin", "receiver"] as const

export const taskSchema = z.object({
  transferId,
  person: personKey,
  scheme,
  leg: place,
  to: place,
  role: z.enum(roles).describe("what the province is in this leg: the former place or the new one"),
  task: z.enum(taskKinds),
  taskWords: words,
  due: dateText,
  workingDaysLeft: z.int(),
  overdue: z.boolean(),
  escalated: z.boolean(),
  letterNo: z.string().nullable(),
  expected_fen: fenAmount,
  months: z.int().describe("of the statement, or of the plan before it"),
  lastMessage: lineSchema.nullable().describe("what was said last about the leg"),
  clean: z.boolean().describe("may be accepted in a batch: `POST /transfer/{id}/legs/{province}/accept`"),
  whyNot: z.array(words).describe("why it needs a closer look; empty when it is clean"),
})
export const queueSchema = z.object({
  tasks: z.array(taskSchema),
  total: z.int().describe("that match, on all pages"),
  overdue: z.int(),
  counts: z.record(z.enum(taskKinds), z.int()).describe("of all tasks of the province, whatever was asked for"),
  next: z.int().nullable().describe("`offset` of the next page"),
})

export const escalationSchema = z.object({
  transferId,
  leg: place,
  late: place,
  step: z.enum(["letter", "statement", "money", "booking"]),
  due: dateText,
  daysLate_wd: z.int(),
  waiting: words,
})

const form = z.object({
  AAE030: z.string().nullable().describe("在本地缴费起始时间"),
  AAE031: z.string().nullable().describe("在本地缴费终止时间"),
  AAE201: z.int().describe("在本地实际缴费月数"),
  AAE035: dateText.describe("转移时间"),
  AIC093: fenAmount.describe("1998年1月1日前账户中个人缴费累计储存额"),
  AIC089: fenAmount.describe("1998年1月1日至调转上年末个人账户累计储存额"),
  AIC082: fenAmount.describe("调转当年记入个人账户本金金额"),
  AIC083: fenAmount.describe("个人账户基金转移额"),
  AIC084: fenAmount.describe("统筹基金转移额"),
  AIC102: fenAmount.describe("转移基金总额"),
  AAE473: z.enum(["0", "1"]).describe("是否临时账户"),
})

export const draftSchema = z.object({
  moved: z.object({ months: monthRanges, account_fen: fenAmount, pooled_fen: fenAmount, bases_fen: fenAmount }),
  form,
  years: z.array(
    z.object({
      AAB299: z.string(),
      AAB300: z.string(),
      AAE001: z.int(),
      AAE041: z.string(),
      AAE042: z.string(),
      AAE202: z.int(),
      AAE180: fenAmount,
      AAE381: fenAmount,
    }),
  ),
  controlSums: z.array(z.object({ rule: z.string(), left: z.int(), right: z.int(), holds: z.boolean() })),
  citation: z.object({
    rule: z.string(),
    version: z.string(),
    article: z.string(),
    source: z.string(),
    confidence: z.string(),
  }),
})

export type Line = z.infer<typeof lineSchema>
export type LegView = z.infer<typeof legSchema>
export type Summary = z.infer<typeof summarySchema>
export type View = z.infer<typeof viewSchema>
export type Queue = z.infer<typeof queueSchema>
export type Task = z.infer<typeof taskSchema>
export type BoardRow = z.infer<typeof boardRow>
export type Performance = z.infer<typeof performanceSchema>
export type EscalationView = z.infer<typeof escalationSchema>
