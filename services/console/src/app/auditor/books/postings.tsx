/** The events behind one line of the balance, each with all its entries, from where a history or a proof is one step away. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link } from "react-router"
import { momentInChina, yuan } from "../../../view/amounts.js"
import { accountName } from "../../../view/books.js"
import { factName } from "../../../view/facts.js"
import { provinceName, schemeName } from "../../../view/places.js"
import type { BooksRow } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Dialog } from "../../dialog.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { useBooksWords } from "./words.js"

export const Postings = ({
  row,
  knownAt,
  onClose,
}: {
  readonly row: BooksRow
  readonly knownAt: string | null
  readonly onClose: () => void
}): ReactNode => {
  const { t, language } = useBooksWords()
  const session = useSession()
  const { account, province, scheme, payer } = row
  const found = useQuery({
    queryKey: ["postings", account, province, scheme, payer, knownAt],
    queryFn: () => {
      const query = {
        account: account as "person_account",
        province,
        payer,
        ...(scheme === null ? {} : { scheme }),
        ...(knownAt === null ? {} : { knownAt }),
      }
      return ask(client.GET("/audit/books/postings", { params: { query }, headers: headersOf(session) }))
    },
  })
  const name = [
    accountName(account, language),
    provinceName(province, language),
    scheme === null ? "" : schemeName(scheme, language),
  ]
    .filter((part) => part !== "")
    .join(" · ")
  return (
    <Dialog side title={t("books.events")} onClose={onClose}>
      {found.isPending ? <Loading label={t("books.loading")} /> : null}
      {found.error === null ? null : <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined ? null : (
        <>
          <p>
            <strong>
              {t("books.eventsOf", {
                name,
                count: found.data.events,
                debit: yuan(found.data.debit_fen),
                credit: yuan(found.data.credit_fen),
              })}
            </strong>
          </p>
          <p className="quiet">{t("books.eventsShown", { count: found.data.shown.length })}</p>
          <ol className="plain stack">
            {found.data.shown.map((one) => (
              <li key={one.event} className="card">
                <div className="head">
                  <strong>{factName(one.type, language)}</strong>
                  <span className="quiet">{momentInChina(one.recordedAt)}</span>
                </div>
                <ul className="plain lines">
                  {one.entries.map((entry, i) => (
                    <li key={`${i} ${entry.account}`}>
                      <span>
                        {accountName(entry.account, language)} · {provinceName(entry.province, language)}
                      </span>
                      <span className="right">
                        {entry.amount_fen > 0 ? t("books.debit") : t("books.credit")} {yuan(Math.abs(entry.amount_fen))}
                      </span>
                    </li>
                  ))}
                </ul>
                <div className="row">
                  {one.person === null ? null : <Link to={`/audit/persons/${one.person}`}>{t("books.replay")}</Link>}
                  <Link to={`/audit/proof?event=${one.event}`}>{t("books.receipt")}</Link>
                  <span className="quiet mono">
                    {one.stream.replace(/[0-9a-f]{32}/u, "…")} #{one.revision}
                  </span>
                </div>
              </li>
            ))}
          </ol>
        </>
      )}
    </Dialog>
  )
}
