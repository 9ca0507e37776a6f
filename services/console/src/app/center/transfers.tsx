/** The N-to-1 board: each application one bar with its legs; what the steps take; which provinces hold things up. */
import { useQuery } from "@tanstack/react-query"
import { provinceCodes } from "@tongzhang/domain/codes"
import { Button } from "antd"
import type { ReactNode } from "react"
import { useSearchParams } from "react-router"
import { yuan } from "../../view/amounts.js"
import { provinceName } from "../../view/places.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, Nothing } from "../feedback.js"
import { useSession } from "../session.js"
import "./center.css"
import { Performance } from "./performance.js"
import { type BoardAnswer, TransferBar } from "./transfer-bar.js"
import { useBoardWords } from "./words.js"

const states = ["accepted", "in_process", "needs_correction", "completed", "returned"] as const
const orders = ["urgent", "newest"] as const
const page = 20

type Choice = { readonly of: (name: string) => string; readonly set: (name: string, value: string) => void }

/** Filters and page stand in the address. A changed filter begins at the first page. */
const useChoice = (): Choice => {
  const [params, setParams] = useSearchParams()
  return {
    of: (name) => params.get(name) ?? "",
    set: (name, value) =>
      setParams((now) => {
        const next = new URLSearchParams(now)
        if (value === "") next.delete(name)
        else next.set(name, value)
        if (name !== "cursor") next.delete("cursor")
        return next
      }),
  }
}

const useBoard = ({ of }: Choice) => {
  const session = useSession()
  const [state, province, late, cursor] = [of("state"), of("province"), of("late"), of("cursor")]
  const order = orders.find((one) => one === of("order")) ?? "urgent"
  const wanted = states.find((one) => one === state)
  return useQuery({
    placeholderData: (before) => before, // the list stays while the next one comes
    queryKey: ["board", wanted, province, late, order, cursor],
    queryFn: () =>
      ask(
        client.GET("/transfer/board", {
          params: {
            query: {
              limit: page,
              order,
              ...(wanted === undefined ? {} : { state: wanted }),
              ...(province === "" ? {} : { province: province as "44" }),
              ...(late === "" ? {} : { overdue: "true" }),
              ...(cursor === "" ? {} : { cursor }),
            },
          },
          headers: headersOf(session),
        }),
      ),
  })
}

const Filters = ({ choice }: { readonly choice: Choice }): ReactNode => {
  const { t, language } = useBoardWords()
  const { of, set } = choice
  return (
    <div className="row no-print">
      <label className="field">
        <span>{t("boards.state")}</span>
        <select value={of("state")} onChange={(event) => set("state", event.target.value)}>
          <option value="">{t("boards.any")}</option>
          {states.map((state) => (
            <option key={state} value={state}>
              {t(`boards.state_${state}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t("province")}</span>
        <select value={of("province")} onChange={(event) => set("province", event.target.value)}>
          <option value="">{t("boards.any")}</option>
          {provinceCodes.map((code) => (
            <option key={code} value={code}>
              {provinceName(code, language)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t("boards.order")}</span>
        <select value={of("order")} onChange={(event) => set("order", event.target.value)}>
          {orders.map((order) => (
            <option key={order} value={order === "urgent" ? "" : order}>
              {t(`boards.order_${order}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="board-check">
        <input type="checkbox" checked={of("late") !== ""} onChange={(event) => set("late", event.target.checked ? "1" : "")} />
        <span>{t("boards.lateOnly")}</span>
      </label>
    </div>
  )
}

const Totals = ({ board }: { readonly board: BoardAnswer }): ReactNode => {
  const { t } = useBoardWords()
  const all = Object.values(board.counts).reduce((sum, count) => sum + count, 0)
  return (
    <ul className="plain cards board-cards">
      {states.map((state) => (
        <li key={state} className="card total">
          <h2>{t(`boards.state_${state}`)}</h2>
          <p className="big">{board.counts[state] ?? 0}</p>
          <p className="quiet">{t("boards.ofAll", { all })}</p>
        </li>
      ))}
      <li className="card total">
        <h2>{t("boards.inTransit")}</h2>
        <p className="big">{yuan(board.inTransit_fen)}</p>
        <p className="quiet">{t("boards.inTransitHint")}</p>
      </li>
    </ul>
  )
}

export const TransfersBoard = (): ReactNode => {
  const { t } = useBoardWords()
  const choice = useChoice()
  const board = useBoard(choice)
  const { data } = board
  return (
    <section className="page stack">
      <h1>{t("boards.transfers")}</h1>
      <p className="quiet">{t("boards.transfersLead")}</p>
      {data === undefined ? null : <Totals board={data} />}
      <section className="card stack" aria-labelledby="applications">
        <div className="head">
          <h2 id="applications">{t("boards.applications")}</h2>
          {data === undefined ? null : (
            <span className="quiet" role="status">
              {t("boards.matching", { total: data.total })}
            </span>
          )}
        </div>
        <Filters choice={choice} />
        {board.isPending ? <Loading /> : null}
        {board.error === null ? null : <Failure error={board.error} retry={() => void board.refetch()} />}
        {data?.transfers.length === 0 ? <Nothing text={t("boards.none")} hint={t("boards.noneHint")} /> : null}
        <ul className="plain stack">
          {data?.transfers.map((one) => (
            <TransferBar key={one.transferId} transfer={one} />
          ))}
        </ul>
        <div className="row no-print">
          {choice.of("cursor") === "" ? null : <Button onClick={() => choice.set("cursor", "")}>{t("boards.first")}</Button>}
          {data?.next === null || data === undefined ? null : (
            <Button onClick={() => choice.set("cursor", data.next ?? "")}>{t("boards.next")}</Button>
          )}
        </div>
      </section>
      <Performance />
    </section>
  )
}
