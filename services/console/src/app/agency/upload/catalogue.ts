/** What the intake takes: columns, templates, limits. It does not change while a page is open. */
import { useQuery, type UseQueryResult } from "@tanstack/react-query"
import type { Catalogue } from "../../../view/upload.js"
import { ask, client } from "../../client.js"

export const useCatalogue = (): UseQueryResult<Catalogue> =>
  useQuery({
    queryKey: ["intake", "catalogue"],
    queryFn: () => ask(client.GET("/intake/catalogue")),
    staleTime: Infinity,
  })
