/** One case: what the service says of it, and what people say to it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { Duplicate } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { useSession } from "../../session.js"

export type CaseId = { readonly person: string; readonly family: string; readonly id: string }

export type Said =
  | { readonly what: "decision"; readonly keep: string; readonly reason: string }
  | { readonly what: "withdrawal" | "dismissal"; readonly reason: string }
  | { readonly what: "choice"; readonly keep: string; readonly channel: "counter" | "phone" | "letter" }

const pathOf = ({ person, family, id }: CaseId) => ({ path: { person, family, case: id } as never })
const keyOf = ({ person, id }: CaseId) => ["duplicate", person, id]

export const useCase = (which: CaseId) => {
  const session = useSession()
  return useQuery({
    queryKey: keyOf(which),
    queryFn: () =>
      ask<Duplicate>(
        client.GET("/duplicates/cases/{person}/{family}/{case}", {
          params: pathOf(which),
          headers: headersOf(session, "duplicate-check"),
        }),
      ),
    // A decided case changes by itself: its window ends, its refund goes out.
    refetchInterval: ({ state }) => (state.data?.status === "decided" ? 5_000 : false),
  })
}

export const useSay = (which: CaseId) => {
  const session = useSession()
  const queries = useQueryClient()
  const params = pathOf(which)
  return useMutation({
    mutationFn: (said: Said): Promise<Duplicate> => {
      const headers = headersOf(session, "duplicate-check")
      if (said.what === "decision") {
        const body = { keep: said.keep, reason: said.reason }
        return ask<Duplicate>(client.POST("/duplicates/cases/{person}/{family}/{case}/decision", { params, headers, body }))
      }
      if (said.what === "choice") {
        const body = { keep: said.keep, channel: said.channel }
        return ask<Duplicate>(client.POST("/duplicates/cases/{person}/{family}/{case}/choice", { params, headers, body }))
      }
      const body = { reason: said.reason }
      return said.what === "withdrawal"
        ? ask<Duplicate>(client.POST("/duplicates/cases/{person}/{family}/{case}/withdrawal", { params, headers, body }))
        : ask<Duplicate>(client.POST("/duplicates/cases/{person}/{family}/{case}/dismissal", { params, headers, body }))
    },
    onSuccess: (after) => {
      queries.setQueryData(keyOf(which), after)
      return queries.invalidateQueries({ queryKey: ["duplicates"] })
    },
    // Somebody else was quicker, or the window is over: show how the case stands now.
    onError: () => queries.invalidateQueries({ queryKey: keyOf(which) }),
  })
}
