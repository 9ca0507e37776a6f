/** `tongzhang record ID`: one cumulative record across provinces, as a person likes to read it. */
import type { Cell, UnifiedRecord } from "@tongzhang/record/view-schema"
import { Command } from "commander"
import { connect, personOf } from "./connect.js"
import { count, provinceName, rangesText, sideName, table, yuan } from "./format.js"

type Answer = {
  readonly record: UnifiedRecord
  readonly identity: { readonly name: string | null; readonly citizenId: string | null; readonly state: string }
  readonly freshness: readonly { readonly province: string; readonly state: string; readonly days: number | null }[]
}

/** One sign per month: which province counts it, or what is wrong with it. */
const signOf = (cell: Cell): string => {
  switch (cell.kind) {
    case "none":
      return "··"
    case "counted":
      return cell.province
    case "transferred":
      return `${cell.province}*`.slice(0, 3)
    case "in_transit":
      return "→→"
    case "overlap":
      return "!!"
  }
}

const matrix = (record: UnifiedRecord): string[] =>
  Object.entries(record.months).flatMap(([family, years]) => {
    const rows = Object.entries(years).filter(([, cells]) => cells.some((cell) => cell.kind !== "none"))
    if (rows.length === 0) return []
    const lines = rows.map(([year, cells]) => `  ${year}  ${cells.map((cell) => signOf(cell).padEnd(3)).join(" ")}`)
    return [
      `${family}   (province code = counted there, * transferred in, !! paid twice, → on the way)`,
      `        1   2   3   4   5   6   7   8   9   10  11  12`,
      ...lines,
    ]
  })

const relations = (record: UnifiedRecord): string =>
  table(record.relations, [
    { head: "地区 province", of: (row) => provinceName(row.province) },
    { head: "险种 scheme", of: (row) => row.scheme },
    { head: "身份 capacity", of: (row) => row.capacity ?? "" },
    { head: "状态 status", of: (row) => row.status },
    { head: "月数", right: true, of: (row) => row.months_standing },
    { head: "起止 months", of: (row) => rangesText(row.ranges) },
    { head: "个人账户 account", right: true, of: (row) => yuan(row.account_fen) },
    { head: "统筹 pooled", right: true, of: (row) => yuan(row.pooled_fen) },
  ])

export const drawRecord = ({ record, identity, freshness }: Answer): string => {
  const { person, totals, cases, gaps, indicators, asOf } = record
  const family = totals.families.map(
    (total) =>
      `${total.family} ${total.months_total} 个月${total.months_overlapping > 0 ? ` (重复 ${total.months_overlapping})` : ""}`,
  )
  return [
    `${identity.name ?? "(无姓名)"}  ${identity.citizenId ?? ""}  ${person.sex === "female" ? "女" : "男"}  ${person.birthMonth ?? ""}  户籍 ${person.hukou === null ? "?" : provinceName(person.hukou)}`,
    `${person.key} · ${count(asOf.events)} events${asOf.validAt === null ? "" : ` · 截至 valid at ${asOf.validAt}`}`,
    "",
    `合计 totals: ${family.join(" · ")} · 账户 ${yuan(totals.account_fen)}`,
    relations(record),
    ...matrix(record),
    ...(gaps.length === 0
      ? []
      : ["中断 gaps:", ...gaps.map((gap) => `  ${gap.family} ${rangesText([gap])} (${gap.months}) ${gap.zh} ${gap.en}`)]),
    ...cases.overlaps.map(
      (found) => `重复 ${found.kind} ${found.sides.map(sideName).join(" × ")}: ${rangesText(found.ranges)} · ${found.status}`,
    ),
    ...cases.transfers.map((transfer) => `转移 → ${provinceName(transfer.to)}: ${transfer.status}, ${transfer.legs.length} legs`),
    ...cases.holds.map((hold) => `暂缓 held: ${provinceName(hold.province)} ${hold.scheme} ${hold.claim} · ${hold.reason}`),
    ...record.benefits.map(
      (benefit) =>
        `待遇 ${provinceName(benefit.province)} ${benefit.scheme}: ${benefit.status} ${yuan(benefit.monthly_fen ?? 0)}/月, 已付 ${benefit.months_paid} 个月`,
    ),
    ...indicators.map((flag) => `• ${flag.code}: ${flag.zh} — ${flag.en}`),
    `数据时效 freshness: ${freshness.map((one) => `${provinceName(one.province)} ${one.state}${one.days === null ? "" : ` ${one.days} d`}`).join(" · ")}`,
  ].join("\n")
}

export const recordCommand = (): Command =>
  new Command("record")
    .description("one person's cumulative record across provinces")
    .argument("<id>", "citizen ID number or person key")
    .option("--valid-at <month>", "leave out later months, e.g. 2023-05")
    .option("--known-at <time>", "only what the ledger knew then: a time with zone, or a log position")
    .option("--reveal", "name and ID number in full")
    .option("--json", "print JSON")
    .action(
      async (id: string, options: { validAt?: string; knownAt?: string; reveal?: boolean; json?: boolean }, command: Command) => {
        const client = connect(command)
        const query = new URLSearchParams()
        if (options.validAt !== undefined) query.set("validAt", options.validAt)
        if (options.knownAt !== undefined) query.set("knownAt", options.knownAt)
        if (options.reveal === true) query.set("reveal", "true")
        const answer = await client.get<Answer>(
          "center",
          `/national/persons/${await personOf(client, id)}/record?${query.toString()}`,
        )
        process.stdout.write(options.json === true ? `${JSON.stringify(answer, null, 2)}\n` : `${drawRecord(answer)}\n`)
      },
    )
