/** What this agency has sent: where each file stands, who acts, how old it is. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link } from "react-router"
import { momentInChina } from "../../../view/amounts.js"
import { duration } from "../../../view/duration.js"
import { type Feed, isMoving, listed, standingOf, whole } from "../../../view/upload.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading, Nothing } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { tones, useWhoActs } from "./standing.js"
import { useUploadWords } from "./words.js"

const moving_ms = 1_000
const resting_ms = 15_000
const first = 20

const Line = ({ feed }: { readonly feed: Feed }): ReactNode => {
  const { t, language } = useUploadWords()
  const whoActs = useWhoActs()
  const standing = standingOf(feed)
  const age = duration((Date.now() - feed.receivedAt) / 1_000, language)
  return (
    <li className="card upload-feed">
      <div className="upload-feed-name">
        <Link to={`/feeds/${feed.feedId}`}>{feed.fileName}</Link>
        <span className="quiet mono">{feed.result?.receiptNo ?? ""}</span>
      </div>
      <div>
        <Tag color={tones[standing]}>{t(`upload.is_${standing}`)}</Tag> {whoActs(feed)}
      </div>
      <span className="right">{feed.result === null ? "" : `${whole(feed.result.rows)} ${t("upload.rows")}`}</span>
      <time
        className="quiet right"
        dateTime={new Date(feed.receivedAt).toISOString()}
        title={momentInChina(new Date(feed.receivedAt).toISOString())}
      >
        {t("upload.ago", { time: age })}
      </time>
    </li>
  )
}

export const FeedList = (): ReactNode => {
  const { t } = useUploadWords()
  const session = useSession()
  const [rehearsals, setRehearsals] = useState(true)
  const [all, setAll] = useState(false)
  const feeds = useQuery({
    queryKey: ["intake", "feeds"],
    queryFn: () => ask(client.GET("/intake/feeds", { headers: headersOf(session) })),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) === true ? moving_ms : resting_ms),
  })
  const shown = listed(feeds.data ?? []).filter(({ dryRun }) => rehearsals || !dryRun)
  return (
    <section aria-labelledby="feeds" className="stack">
      <div className="head">
        <h2 id="feeds">{t("upload.feeds")}</h2>
        <label className="upload-check">
          <input type="checkbox" checked={rehearsals} onChange={(event) => setRehearsals(event.target.checked)} />{" "}
          {t("upload.showRehearsals")}
        </label>
      </div>
      {feeds.isPending ? <Loading rows={3} /> : null}
      {feeds.error === null ? null : <Failure error={feeds.error} retry={() => void feeds.refetch()} />}
      {feeds.data === undefined || shown.length > 0 ? null : (
        <Nothing text={t("upload.feedsEmpty")} hint={t("upload.feedsEmptyHint")} />
      )}
      <ul className="plain upload-feeds">
        {(all ? shown : shown.slice(0, first)).map((feed) => (
          <Line key={feed.feedId} feed={feed} />
        ))}
      </ul>
      {all || shown.length <= first ? null : (
        <Button onClick={() => setAll(true)}>{t("upload.showAll", { count: whole(shown.length) })}</Button>
      )}
    </section>
  )
}
