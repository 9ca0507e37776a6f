/** Parameters that a ledger published itself: the events of its `Policy-` streams say so, and come before any table. */
import type { CheckedEvent, PublishedParameter } from "./evidence.js"

const text = (value: unknown): string => (typeof value === "string" ? value : "")

/** Limits published before there were parameters are two of them. */
const limitsOf = ({ stream, data }: CheckedEvent): readonly PublishedParameter[] => {
  const place = stream.slice("Policy-".length)
  const of = (family: string, field: string): PublishedParameter => ({
    id: `${family}/${place}/${text(data["from"])}`,
    value: data[field],
    unit: "fen",
  })
  return [of("base-floor", "floor_fen"), of("base-ceiling", "ceiling_fen")]
}

/** What stands published by these events, each in its stream's order; what was withdrawn is not. */
export const publishedBy = (events: readonly CheckedEvent[]): ReadonlyMap<string, PublishedParameter> => {
  const published = new Map<string, PublishedParameter>()
  const policies = events.filter(({ stream }) => stream.startsWith("Policy-")).toSorted((a, b) => a.revision - b.revision)
  for (const event of policies) {
    const { data, type } = event
    if (type === "ParameterPublished") {
      const id = text(data["id"])
      published.set(id, { id, value: data["value"], unit: text(data["unit"]) })
    } else if (type === "BaseLimitsPublished") for (const one of limitsOf(event)) published.set(one.id, one)
    else if (type === "ParameterWithdrawn") published.delete(text(data["id"]))
  }
  return published
}
