/** What will I get: sliders on the service's simulation, a range with all it assumes, the three channels side by side (E5, E6, N10). */
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { type ReactNode, useEffect, useState } from "react"
import { monthsBefore, questionOf, windowOf, type Wishes } from "../../view/future.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useSession } from "../session.js"
import { Compare } from "./compare.js"
import { Outcome } from "./outcome.js"
import { PostPicker, Sliders, type Window } from "./sliders.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

/** A slider that is being moved asks once it rests. */
const rest_ms = 350

export const useRested = <T,>(value: T): T => {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest_ms)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

const start: Wishes = { retire: null, base: "last", base_yuan: 8_000, channel: null, post: null }

const valueOf = (answer: unknown): string | null => {
  const value = typeof answer === "object" && answer !== null && "value" in answer ? answer.value : null
  return typeof value === "string" ? value : null
}
const articleOf = (answer: unknown): string =>
  typeof answer === "object" && answer !== null && "article" in answer && typeof answer.article === "string" ? answer.article : ""

const usePerson = (key: string) => {
  const session = useSession()
  return useQuery({
    queryKey: ["record", key],
    queryFn: () => ask(client.GET("/national/persons/{key}/record", { params: { path: { key } }, headers: headersOf(session) })),
  })
}

/** The law's window for this person, by the service's own rules. */
const useWindow = (key: string, post: Wishes["post"], ready: boolean, birthMonth: string | null) => {
  const session = useSession()
  return useQuery({
    queryKey: ["window", key, post],
    enabled: ready,
    queryFn: async (): Promise<Window | null> => {
      const query = { question: "retirement", ...(post === null ? {} : { post }) }
      const found = await ask(
        client.GET("/national/persons/{key}/explain", { params: { path: { key }, query }, headers: headersOf(session) }),
      )
      if (!("answers" in found)) return null
      const { earliest, latest, statutory } = found.answers as Readonly<Record<string, unknown>>
      const [first, last, usual] = [valueOf(earliest), valueOf(latest), valueOf(statutory)]
      if (usual === null) return null
      return { months: windowOf(first ?? usual, last ?? usual), statutory: usual, article: articleOf(earliest), birthMonth }
    },
  })
}

export const FuturePage = (): ReactNode => {
  const { t } = useWorkerWords()
  const session = useSession()
  const key = session.caller.person ?? ""
  const record = usePerson(key)
  const person = record.data?.record.person
  const woman = person?.sex === "female"
  const [wishes, setWishes] = useState<Wishes>(start)
  const post = woman ? (wishes.post ?? "female50") : null
  const window = useWindow(key, post, person !== undefined, person?.birthMonth ?? null)
  const asked = useRested(JSON.stringify({ ...wishes, post }))
  const settled = JSON.parse(asked) as Wishes
  const retire = settled.retire ?? window.data?.statutory ?? null
  const answer = useQuery({
    queryKey: ["simulate", key, asked, retire],
    enabled: person !== undefined && !window.isPending && settled.post === post,
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(
        client.POST("/national/persons/{key}/simulate", {
          params: { path: { key } },
          headers: headersOf(session),
          body: questionOf(settled, retire === null ? null : monthsBefore(retire, 12)) as never,
        }),
      ),
  })
  const old = answer.isPlaceholderData || asked !== JSON.stringify({ ...wishes, post })
  const onWish = (part: Partial<Wishes>): void => setWishes((now) => ({ ...now, ...part }))
  const failed = record.error ?? window.error ?? answer.error
  return (
    <section className="page phone stack worker">
      <h1>{t("worker.futureTitle")}</h1>
      <p className="quiet">{t("worker.futureLead")}</p>
      {failed === null ? null : <Failure error={failed} retry={() => void answer.refetch()} />}
      {woman ? (
        <PostPicker post={post} onPick={(picked) => setWishes((now) => ({ ...now, post: picked, retire: null }))} />
      ) : null}
      {answer.data === undefined ? (
        failed === null ? (
          <Loading rows={6} />
        ) : null
      ) : (
        <Outcome answer={answer.data} old={old} birthMonth={person?.birthMonth ?? null} from={retire} />
      )}
      {record.data === undefined ? null : <Sliders window={window.data ?? null} wishes={wishes} onWish={onWish} />}
      {answer.data === undefined ? null : <Compare personKey={key} wishes={settled} />}
    </section>
  )
}
