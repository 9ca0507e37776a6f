/** One feed at its own address: progress while it runs, then what a dry run found, or the receipt. */
import { useMutation, useQuery, useQueryClient, type UseMutationResult } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { Link, useNavigate, useParams } from "react-router"
import { duration } from "../../../view/duration.js"
import { type Feed, fileSize, isMoving, standingOf, stepOf, whole } from "../../../view/upload.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { JobBar } from "../../job.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { Counts } from "./counts.js"
import { Downloads, Problems } from "./problems.js"
import { ReceiptCard } from "./receipt.js"
import { tones, useWhoActs } from "./standing.js"
import { Steps } from "./steps.js"
import "./upload.css"
import { useUploadWords } from "./words.js"

const moving_ms = 700

type Run = UseMutationResult<Feed, Error, void>

/** Books the file of a dry run; goes on with a feed that was stopped. */
const useRun = (feedId: string): Run => {
  const session = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      ask(client.POST("/intake/feeds/{feedId}/run", { headers: headersOf(session), params: { path: { feedId } } })),
    onSuccess: (feed) => {
      queries.setQueryData(["intake", "feed", feed.feedId], feed)
      void queries.invalidateQueries({ queryKey: ["intake", "feeds"] })
      void navigate(`/feeds/${feed.feedId}`)
    },
  })
}

const Moving = ({ feed }: { readonly feed: Feed }): ReactNode => {
  const { t } = useUploadWords()
  return (
    <>
      {feed.job === null ? (
        <Loading rows={1} />
      ) : (
        <JobBar service="intake" id={feed.job.id} title={t("upload.progress", { name: feed.fileName })} />
      )}
      <p className="quiet">
        {t("upload.survives")} {feed.dryRun ? t("upload.rehearseHint") : t("upload.cancelBook")}
      </p>
      {feed.counts === null ? null : <Counts counts={feed.counts} />}
    </>
  )
}

const Rehearsed = ({ feed, run }: { readonly feed: Feed; readonly run: Run }): ReactNode => {
  const { t } = useUploadWords()
  const { caller } = useSession()
  const { result } = feed
  if (result === null) return null
  const { accepted, unchanged, refused } = result
  const mayBook = accepted + unchanged > 0
  return (
    <section className="card stack" aria-labelledby="would">
      <h2 id="would">{t("upload.wouldBe")}</h2>
      <Counts counts={result} />
      <p>
        {t("upload.nothingWritten")}{" "}
        {!mayBook
          ? t("upload.submitNone")
          : accepted === 0
            ? t("upload.submitNothingNew")
            : refused > 0
              ? t("upload.submitRefused", { count: whole(refused) })
              : ""}
      </p>
      {caller.kind !== "agency" ? null : (
        <div className="row">
          <Button type="primary" size="large" disabled={!mayBook} loading={run.isPending} onClick={() => run.mutate()}>
            {accepted === 0 ? t("upload.submit") : t("upload.submitRows", { count: whole(accepted) })}
          </Button>
          <Link to={`/uploads/${feed.uploadId}`}>{t("upload.backToColumns")}</Link>
          <Link to="/upload">{t("upload.other")}</Link>
        </div>
      )}
      {run.error === null ? null : <Failure error={run.error} />}
    </section>
  )
}

const Stopped = ({ feed, run }: { readonly feed: Feed; readonly run: Run }): ReactNode => {
  const { t } = useUploadWords()
  const { caller } = useSession()
  if (caller.kind !== "agency") return null
  return (
    <div className="stack">
      <div className="row">
        {feed.dryRun ? (
          <Link to={`/uploads/${feed.uploadId}`}>{t("upload.again")}</Link>
        ) : (
          <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
            {t("upload.goOn")}
          </Button>
        )}
      </div>
      {run.error === null ? null : <Failure error={run.error} />}
    </div>
  )
}

const Content = ({ feed }: { readonly feed: Feed }): ReactNode => {
  const { t, language } = useUploadWords()
  const run = useRun(feed.feedId)
  const { result, dryRun, unknownColumns } = feed
  if (isMoving(feed)) return <Moving feed={feed} />
  if (result === null) return <Stopped feed={feed} run={run} />
  return (
    <>
      {dryRun ? <Rehearsed feed={feed} run={run} /> : <ReceiptCard feed={feed} />}
      <Problems feed={feed} />
      <Downloads feed={feed} />
      <p className="quiet">
        {t("upload.countsOf", { rows: whole(result.rows), time: duration(result.seconds, language) })}
        {unknownColumns.length === 0 ? "" : ` · ${t("upload.unknownColumns", { columns: unknownColumns.join("、") })}`}
      </p>
      {dryRun ? null : (
        <p className="no-print">
          <Link to="/upload">{t("upload.next")}</Link>
        </p>
      )}
    </>
  )
}

const Title = ({ feed }: { readonly feed: Feed }): ReactNode => {
  const { t } = useUploadWords()
  const whoActs = useWhoActs()
  const standing = standingOf(feed)
  const { fileName, format, encoding, size_bytes } = feed
  return (
    <header>
      <h1 className="upload-name">
        {t(feed.dryRun ? "upload.rehearsalTitle" : "upload.bookTitle")} · {fileName}
      </h1>
      <p className="quiet">
        {t("upload.facts", { format: format.toUpperCase(), encoding: encoding.toUpperCase(), size: fileSize(size_bytes) })}
      </p>
      <p>
        <Tag color={tones[standing]}>{t(`upload.is_${standing}`)}</Tag> {whoActs(feed)}
      </p>
    </header>
  )
}

export const FeedPage = (): ReactNode => {
  const { t } = useUploadWords()
  const session = useSession()
  const { feedId = "" } = useParams()
  const feed = useQuery({
    queryKey: ["intake", "feed", feedId],
    queryFn: () => ask(client.GET("/intake/feeds/{feedId}", { headers: headersOf(session), params: { path: { feedId } } })),
    refetchInterval: ({ state }) => (isMoving(state.data) ? moving_ms : false),
    staleTime: 0,
  })
  return (
    <section className="page stack upload">
      {feed.isPending ? <Loading rows={6} /> : null}
      {feed.error === null ? null : (
        <>
          <Failure error={feed.error} retry={() => void feed.refetch()} />
          <Link to="/upload">{t("upload.title")}</Link>
        </>
      )}
      {feed.data === undefined ? null : (
        <>
          <Title feed={feed.data} />
          <Steps at={stepOf(feed.data)} />
          <Content feed={feed.data} />
        </>
      )}
    </section>
  )
}
