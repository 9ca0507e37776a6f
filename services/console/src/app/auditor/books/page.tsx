/** The trial balance as known at any position or date, of the nation or one province. */
import { useMutation, useQuery } from "@tanstack/react-query"
import { provinceCodes } from "@tongzhang/domain/codes"
import { Button } from "antd"
import { type ReactNode, useMemo, useState } from "react"
import { useSearchParams } from "react-router"
import { yuan } from "../../../view/amounts.js"
import { accountName, accountTree, isDay } from "../../../view/books.js"
import { provinceName } from "../../../view/places.js"
import type { BooksAnswer, BooksRow } from "../../../view/types.js"
import { ask, client, download, headersOf } from "../../client.js"
import { Failure, Loading, Nothing } from "../../feedback.js"
import { MomentField } from "../../moment-field.js"
import { Figure } from "../../figure/figure.js"
import { useSession } from "../../session.js"
import "../auditor.css"
import { Verdict } from "../proof/verdict.js"
import { Postings } from "./postings.js"
import { Tree } from "./tree.js"
import { useBooksWords } from "./words.js"

const Asked = ({ search }: { readonly search: string }): ReactNode => {
  const { t, language } = useBooksWords()
  const session = useSession()
  const [params, setParams] = useSearchParams()
  const knownAt = params.get("knownAt") ?? ""
  const set = (name: string, value: string): void =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      if (value === "") next.delete(name)
      else next.set(name, value)
      return next
    })
  const file = useMutation({
    mutationFn: (kind: "csv" | "xlsx") => download(session, `/audit/books.${kind}${search}`, `tongzhang-books.${kind}`),
  })
  return (
    <div className={knownAt === "" ? "as-of" : "as-of past"}>
      <MomentField
        kind="day"
        label={t("books.at")}
        value={isDay(knownAt) ? knownAt : ""}
        onChange={(day) => set("knownAt", day)}
      />
      <label className="field">
        <span>{t("books.position")}</span>
        <input
          className="mono text"
          key={knownAt}
          defaultValue={isDay(knownAt) ? "" : knownAt}
          spellCheck={false}
          onBlur={(event) => {
            const value = event.target.value.trim()
            if (value !== (isDay(knownAt) ? "" : knownAt)) set("knownAt", value)
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur()
          }}
        />
      </label>
      <label className="field">
        <span>{t("books.province")}</span>
        <select value={params.get("province") ?? ""} onChange={(event) => set("province", event.target.value)}>
          <option value="">{t("books.nation")}</option>
          {provinceCodes.map((code) => (
            <option key={code} value={code}>
              {provinceName(code, language)}
            </option>
          ))}
        </select>
      </label>
      <div className="row no-print">
        {knownAt === "" ? null : <Button onClick={() => set("knownAt", "")}>{t("books.everything")}</Button>}
        <Button loading={file.isPending} onClick={() => file.mutate("csv")}>
          {t("books.csv")}
        </Button>
        <Button loading={file.isPending} onClick={() => file.mutate("xlsx")}>
          {t("books.xlsx")}
        </Button>
      </div>
      {file.error === null ? null : <Failure error={file.error} />}
    </div>
  )
}

const Verdicts = ({ books }: { readonly books: BooksAnswer }): ReactNode => {
  const { t } = useBooksWords()
  const { debit_fen, credit_fen, province, differences, unposted, record, events, posted } = books
  const sides = { debit: yuan(debit_fen), credit: yuan(credit_fen), by: yuan(debit_fen - credit_fen) }
  const tied = differences.length === 0 && unposted.length === 0
  return (
    <>
      {province === null ? (
        <Verdict good={debit_fen === credit_fen}>
          {t(debit_fen === credit_fen ? "books.balanced" : "books.unbalanced", sides)}
        </Verdict>
      ) : (
        <p className="verdict">{t("books.oneProvince", sides)}</p>
      )}
      <Verdict good={tied}>
        {tied
          ? t("books.tied", { record: record === "compared" ? t("books.tiedRecord") : "", events, posted })
          : t("books.notTied", { differences: differences.length, unposted: unposted.length })}
      </Verdict>
      {tied ? null : (
        <ul className="plain lines">
          {differences.map((one) => (
            <li key={one.what}>
              <span>{one.what}</span>
              <span>
                {yuan(one.books_fen)} / {yuan(one.other_fen)}
              </span>
            </li>
          ))}
          {unposted.map((one) => (
            <li key={`${one.stream} ${one.revision}`}>
              <span className="mono">
                {one.stream} #{one.revision}
              </span>
              <span>{one.cause}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const BalanceFigure = ({ books, dataOf }: { readonly books: BooksAnswer; readonly dataOf: string }): ReactNode => {
  const { t, language } = useBooksWords()
  const tree = useMemo(() => accountTree(books.rows), [books])
  const chart = useMemo(() => {
    const shown = tree.toReversed()
    return {
      height: "tall" as const,
      option: {
        tooltip: { trigger: "axis", valueFormatter: (value: number) => yuan(Math.round(value * 100)) },
        grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
        xAxis: { type: "value" },
        yAxis: { type: "category", data: shown.map(({ account }) => accountName(account, language)) },
        series: [{ type: "bar", data: shown.map(({ balance_fen }) => balance_fen / 100) }],
      },
    }
  }, [tree, language])
  const sum = (fits: (fen: number) => boolean): string =>
    yuan(tree.reduce((all, { balance_fen }) => all + (fits(balance_fen) ? balance_fen : 0), 0))
  const fen = (label: string) => ({ label, kind: "fen" as const })
  return (
    <Figure
      id="balance"
      title={t("books.figure")}
      definition={t("books.definition")}
      denominator={t("books.denominator", { posted: books.posted, events: books.events })}
      dataOf={dataOf}
      summary={t("books.summary", { count: tree.length, debit: sum((one) => one > 0), credit: sum((one) => one < 0) })}
      table={{
        columns: [{ label: t("books.account") }, fen(t("books.debit")), fen(t("books.credit")), fen(t("books.balance"))],
        rows: tree.map((node) => [accountName(node.account, language), node.debit_fen, node.credit_fen, node.balance_fen]),
      }}
      chart={chart}
      pin={books.position === null ? {} : { knownAt: books.position }}
    />
  )
}

export const BooksPage = (): ReactNode => {
  const { t } = useBooksWords()
  const session = useSession()
  const [params] = useSearchParams()
  const [row, open] = useState<BooksRow | null>(null)
  const [knownAt, province] = [params.get("knownAt"), params.get("province")]
  const query = { ...(knownAt === null ? {} : { knownAt }), ...(province === null ? {} : { province }) }
  const search = Object.keys(query).length === 0 ? "" : `?${new URLSearchParams(query).toString()}`
  const books = useQuery({
    queryKey: ["books", knownAt, province],
    queryFn: () => ask(client.GET("/audit/books", { params: { query }, headers: headersOf(session) })),
  })
  const tree = useMemo(() => accountTree(books.data?.rows ?? []), [books.data])
  const dataOf = knownAt !== null && isDay(knownAt) ? `${knownAt}T23:59:59+08:00` : new Date(books.dataUpdatedAt).toISOString()
  return (
    <section className="page stack">
      <h1>{t("books.title")}</h1>
      <p className="quiet">{t("books.lead")}</p>
      <Asked search={search} />
      {books.isPending ? <Loading rows={10} label={t("books.loading")} /> : null}
      {books.error === null ? null : <Failure error={books.error} retry={() => void books.refetch()} />}
      {books.data === undefined ? null : books.data.rows.length === 0 ? (
        <Nothing text={t("books.empty")} />
      ) : (
        <>
          <Verdicts books={books.data} />
          <BalanceFigure books={books.data} dataOf={dataOf} />
          <Tree tree={tree} total={{ ...books.data, balance_fen: books.data.debit_fen - books.data.credit_fen }} onRow={open} />
        </>
      )}
      {row === null ? null : <Postings row={row} knownAt={knownAt} onClose={() => open(null)} />}
    </section>
  )
}
