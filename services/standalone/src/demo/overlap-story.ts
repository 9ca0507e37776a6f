/** Chapter 3: the agency sees both options with their refunds, decides, and the ledger clears the dropped side. */
import type { PersonKey } from "@tongzhang/domain/ids"
import type { ExpectedCase } from "@tongzhang/nation/rider"
import { rangesText, sideName, table, yuan } from "../cli/format.js"
import type { Stage } from "./transfer-story.js"

export type CaseView = {
  readonly case: string
  readonly family: string
  readonly kind: string
  readonly status: string
  readonly months: readonly { readonly from: string; readonly to: string }[]
  readonly keep: string | null
  readonly recommended: string | null
  readonly options: readonly {
    readonly keep: string
    readonly drop: string
    readonly refund_fen: number
    readonly legal: string
  }[]
}

export const caseOf = ({ client }: Stage, person: PersonKey, family: string, id: string): Promise<CaseView> =>
  client.get<CaseView>("center", `/duplicates/cases/${person}/${family}/${encodeURIComponent(id)}`, "duplicate-check")

export const drawCase = (found: CaseView): string =>
  [
    `${found.kind} · ${found.case.split("~").map(sideName).join(" × ")} · ${rangesText(found.months)} · ${found.status}`,
    table(found.options, [
      { head: "保留 keep", of: (option) => `${sideName(option.keep)}${option.keep === found.recommended ? " ★" : ""}` },
      { head: "清理 clear", of: (option) => sideName(option.drop) },
      { head: "退还本人 refund", right: true, of: (option) => yuan(option.refund_fen) },
      { head: "依据 article", of: (option) => option.legal },
    ]),
  ].join("\n")

/** Decides for the recommended side (or the first one) and waits until the months are cleared. True when the refund was as proposed. */
export const playDecision = async (stage: Stage, person: PersonKey, family: string, expected: ExpectedCase): Promise<boolean> => {
  const { client, ledger, say } = stage
  const open = await caseOf(stage, person, family, expected.case)
  say(drawCase(open))
  const keep = open.recommended ?? open.options[0]?.keep ?? expected.sides[0]
  const option = open.options.find((candidate) => candidate.keep === keep)
  const province = keep.slice(0, 2)
  const path = `/duplicates/cases/${person}/${family}/${encodeURIComponent(expected.case)}/decision`
  await client.post(`agency:${province}`, path, { keep, reason: "与本人协商一致 agreed with the person" }, "duplicate-check")
  await ledger.settled()
  const cleared = await caseOf(stage, person, family, expected.case)
  say(`→ ${cleared.status}: 保留 ${sideName(keep)}, 退还 ${yuan(option?.refund_fen ?? 0)}`)
  const labelled = option === undefined ? undefined : expected.refundIfDropped_fen[option.drop]
  return cleared.status === "cleared" && (labelled === undefined || labelled === option?.refund_fen)
}
