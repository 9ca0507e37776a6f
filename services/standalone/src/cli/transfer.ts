/** `tongzhang transfer ID --to 44`: one application, and the bar of all its legs. Without --to: how the running one stands. */
import { setTimeout as pause } from "node:timers/promises"
import { Command } from "commander"
import { Explained, type Client } from "./client.js"
import { connect, personOf } from "./connect.js"
import { bar, provinceName, table, yuan } from "./format.js"

type Words = { readonly zh: string; readonly en: string }
type Place = { readonly code: string; readonly zh: string }
export type LegView = {
  readonly from: Place
  readonly done: number
  readonly step: string | null
  readonly stepWords: Words | null
  readonly holder: Place | null
  readonly due: string | null
  readonly workingDaysLeft: number | null
  readonly reminded: boolean
  readonly escalated: boolean
  readonly waiting: Words | null
  readonly planned: {
    readonly account_fen: number
    readonly pooled_fen: number
    readonly months: readonly { from: string; to: string }[]
  }
  readonly outcome: string
}
export type TransferView = {
  readonly transferId: string
  readonly to: Place
  readonly stateWords: Words
  readonly state: string
  readonly headline: Words
  readonly progress: { readonly done: number; readonly of: number; readonly percent: number }
  readonly months: number
  readonly amount_fen: number
  readonly inTransit_fen: number
  readonly legs: readonly LegView[]
  readonly person: string
  readonly explainedBy?: { readonly question: string; readonly ruleDate: string; readonly knownAt: string } | null
}

export const drawTransfer = (view: TransferView): string => {
  const legs = table(view.legs, [
    { head: "转出地 from", of: (leg) => provinceName(leg.from.code) },
    { head: "进度", of: (leg) => bar(leg.done, 4, 8) },
    {
      head: "状态 state",
      of: (leg) =>
        leg.outcome === "open"
          ? (leg.waiting?.zh ?? leg.stepWords?.zh ?? "")
          : leg.outcome === "booked"
            ? "已入账 booked"
            : "已终止 failed",
    },
    { head: "谁 who", of: (leg) => leg.holder?.zh ?? "" },
    { head: "到期 due", of: (leg) => (leg.due === null ? "" : `${leg.due} (${leg.workingDaysLeft ?? "?"} 工作日)`) },
    { head: "催办 chased", of: (leg) => (leg.escalated ? "已升级 escalated" : leg.reminded ? "已提醒 reminded" : "") },
    { head: "金额", right: true, of: (leg) => yuan(leg.planned.account_fen + leg.planned.pooled_fen) },
  ])
  const by = view.explainedBy ?? null
  return [
    `N 到 1 → ${provinceName(view.to.code)}   ${bar(view.progress.done, view.progress.of)}   ${view.stateWords.zh} ${view.stateWords.en}`,
    view.headline.zh,
    legs,
    `${view.months} 个月 months, ${yuan(view.amount_fen)} · 在途 in transit ${yuan(view.inTransit_fen)}`,
    ...(by === null
      ? []
      : [`为何 why: tongzhang explain ${view.person} ${by.question} --rule-date ${by.ruleDate} --known-at ${by.knownAt}`]),
  ].join("\n")
}

/** The plan follows the application within moments; what is shown then is the plan, not an empty board. */
const whenPlanned = async (client: Client, transferId: string): Promise<TransferView> => {
  for (let tries = 0; ; tries++) {
    const view = await client.get<TransferView>("center", `/transfer/${transferId}`, "transfer")
    if (view.state !== "accepted" || tries >= 50) return view
    await pause(100)
  }
}

const runningOf = async (client: Client, person: string): Promise<string> => {
  type Board = {
    readonly transfers: readonly { readonly transferId: string; readonly person: string }[]
    readonly next: string | null
  }
  for (let after: string | null = null; ;) {
    const page: Board = await client.get(
      "center",
      `/transfer/board?limit=200${after === null ? "" : `&after=${encodeURIComponent(after)}`}`,
      "transfer",
    )
    const found = page.transfers.find((transfer) => transfer.person === person)
    if (found !== undefined) return found.transferId
    if (page.next === null) throw new Explained("this person has no transfer", "apply for one with --to PROVINCE, e.g. --to 44")
    after = page.next
  }
}

export const transferCommand = (): Command =>
  new Command("transfer")
    .description("N 到 1: apply for a transfer to a province, or show how it stands")
    .argument("<id>", "citizen ID number or person key")
    .option("--to <province>", "receiving province, e.g. 44")
    .option("--json", "print JSON")
    .action(async (id: string, options: { to?: string; json?: boolean }, command: Command) => {
      const client = connect(command)
      const person = await personOf(client, id)
      const transferId =
        options.to === undefined
          ? await runningOf(client, person)
          : (
              await client.post<{ transferId: string }>(
                "center",
                "/transfer/applications",
                { person, to: options.to },
                "transfer",
              )
            ).transferId
      const view = await whenPlanned(client, transferId)
      process.stdout.write(options.json === true ? `${JSON.stringify(view, null, 2)}\n` : `${drawTransfer(view)}\n`)
    })
