/** The list behind the inbox; its filters live in the address, so that a task page finds its neighbours again. */
import { useQuery } from "@tanstack/react-query"
import { useSearchParams } from "react-router"
import type { Queue } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { useSession } from "../../session.js"

export const page_size = 25

const kinds = ["send_statement", "send_money", "record_money", "settle_dispute", "correct_money"] as const
export type Kind = (typeof kinds)[number]
const roles = ["origin", "receiver"] as const

export type Filter = {
  readonly role?: (typeof roles)[number]
  readonly task?: Kind
  readonly overdue: boolean
  readonly offset: number
}

export const taskKinds: readonly Kind[] = kinds

export const useFilter = (): readonly [Filter, (part: Readonly<Record<string, string | null>>) => void, string] => {
  const [params, setParams] = useSearchParams()
  const role = roles.find((one) => one === params.get("role"))
  const task = kinds.find((one) => one === params.get("task"))
  const filter: Filter = {
    ...(role === undefined ? {} : { role }),
    ...(task === undefined ? {} : { task }),
    overdue: params.get("overdue") === "true",
    offset: Math.max(0, Math.trunc(Number(params.get("offset") ?? 0)) || 0),
  }
  const change = (part: Readonly<Record<string, string | null>>): void =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      if (!("offset" in part)) next.delete("offset") // another filter begins at its first page
      for (const [name, value] of Object.entries(part)) {
        if (value === null) next.delete(name)
        else next.set(name, value)
      }
      return next
    })
  return [filter, change, params.toString()]
}

export const useQueue = (filter: Filter) => {
  const session = useSession()
  const { province } = session.caller
  return useQuery({
    queryKey: ["tasks", province, filter],
    enabled: province !== null,
    // Letters come and statements are entered while somebody looks.
    refetchInterval: 10_000,
    queryFn: () => {
      const { role, task, overdue, offset } = filter
      const query = {
        province: province as "11",
        ...(role === undefined ? {} : { role }),
        ...(task === undefined ? {} : { task }),
        ...(overdue ? { overdue: "true" } : {}),
        offset,
        limit: page_size,
      }
      return ask<Queue>(
        client.GET("/transfer/queue", { params: { query: query as never }, headers: headersOf(session, "transfer") }),
      )
    },
  })
}

/** Masked names of a page's persons; a queue without them is still a queue. */
export const useNames = (persons: readonly string[], purpose: "transfer" | "duplicate-check") => {
  const session = useSession()
  const wanted = [...new Set(persons)].toSorted()
  return useQuery({
    queryKey: ["names", purpose, wanted],
    enabled: wanted.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      (
        await ask(
          client.POST("/national/persons/identities", { body: { persons: wanted }, headers: headersOf(session, purpose) }),
        )
      ).persons,
  })
}
