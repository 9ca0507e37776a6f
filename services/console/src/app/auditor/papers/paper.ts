/** One engagement: read, and written on; every writing answers the whole paper. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { Paper } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { type Session, useSession } from "../../session.js"

export const paperKey = (engagement: string): readonly string[] => ["paper", engagement]

export const usePapers = () => {
  const session = useSession()
  return useQuery({
    queryKey: ["papers"],
    queryFn: () => ask(client.GET("/audit/workpapers", { headers: headersOf(session) })),
  })
}

export const usePaper = (engagement: string) => {
  const session = useSession()
  return useQuery({
    queryKey: paperKey(engagement),
    enabled: engagement !== "",
    queryFn: () =>
      ask(client.GET("/audit/workpapers/{engagement}", { params: { path: { engagement } }, headers: headersOf(session) })),
  })
}

/** Writes; what comes back is the paper as it then stands. */
export const useWriting = <T>(engagement: string, write: (session: Session, input: T) => Promise<Paper>) => {
  const session = useSession()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: T) => write(session, input),
    onSuccess: (paper) => {
      queries.setQueryData(paperKey(engagement), paper)
      void queries.invalidateQueries({ queryKey: ["papers"] })
    },
  })
}

export type NoteInput = {
  readonly about:
    | { readonly kind: "free" }
    | { readonly kind: "event"; readonly event: string }
    | { readonly kind: "item"; readonly sample: string; readonly event: string }
  readonly result: "agreed" | "exception" | null
  readonly text: string
}

export const useNote = (engagement: string) =>
  useWriting(engagement, (session, body: NoteInput) =>
    ask(
      client.POST("/audit/workpapers/{engagement}/notes", {
        params: { path: { engagement } },
        headers: headersOf(session),
        body,
      }),
    ),
  )
