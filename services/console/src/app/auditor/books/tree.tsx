/** Accounts, their provinces and schemes, with both sides and the balance of each. */
import { type ReactNode, useState } from "react"
import { yuan } from "../../../view/amounts.js"
import { accountName, type AccountNode } from "../../../view/books.js"
import { provinceName, schemeName } from "../../../view/places.js"
import type { BooksRow } from "../../../view/types.js"
import { useBooksWords } from "./words.js"

type Sums = { readonly debit_fen: number; readonly credit_fen: number; readonly balance_fen: number }

const Amounts = ({ debit_fen, credit_fen, balance_fen }: Sums): ReactNode => (
  <>
    <td className="right">{yuan(debit_fen)}</td>
    <td className="right">{yuan(credit_fen)}</td>
    <td className="right">
      <strong>{yuan(balance_fen)}</strong>
    </td>
  </>
)

const Account = ({ node, onRow }: { readonly node: AccountNode; readonly onRow: (row: BooksRow) => void }): ReactNode => {
  const { t, language } = useBooksWords()
  const [open, setOpen] = useState(false)
  const name = accountName(node.account, language)
  return (
    <tbody>
      <tr className="account-row">
        <th scope="rowgroup" colSpan={3}>
          <button type="button" className="account" aria-expanded={open} onClick={() => setOpen(!open)}>
            <span aria-hidden>{open ? "▾" : "▸"}</span> {name}
          </button>
        </th>
        <Amounts {...node} />
      </tr>
      {(open ? node.provinces : []).flatMap(({ province, rows }) =>
        rows.map((row, i) => (
          <tr key={`${province} ${row.scheme ?? ""} ${row.payer}`}>
            <td>{i === 0 ? provinceName(province, language) : ""}</td>
            <td>
              <button type="button" className="num" onClick={() => onRow(row)}>
                <span className="visually-hidden">{`${name} ${provinceName(province, language)} `}</span>
                {row.scheme === null ? t("books.events") : schemeName(row.scheme, language)}
              </button>
            </td>
            <td>{row.payer === "untold" ? t("books.untold") : row.payer}</td>
            <Amounts {...row} />
          </tr>
        )),
      )}
    </tbody>
  )
}

export const Tree = ({
  tree,
  total,
  onRow,
}: {
  readonly tree: readonly AccountNode[]
  readonly total: Sums
  readonly onRow: (row: BooksRow) => void
}): ReactNode => {
  const { t } = useBooksWords()
  return (
    <section className="card" aria-labelledby="books-tree">
      <h2 id="books-tree">{t("books.tree")}</h2>
      <p className="quiet">{t("books.treeHint")}</p>
      <div className="scroll" tabIndex={0} role="region" aria-labelledby="books-tree">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t("books.place")}</th>
              <th scope="col">{t("books.scheme")}</th>
              <th scope="col">{t("books.payer")}</th>
              <th scope="col" className="right">
                {t("books.debit")}
              </th>
              <th scope="col" className="right">
                {t("books.credit")}
              </th>
              <th scope="col" className="right">
                {t("books.balance")}
              </th>
            </tr>
          </thead>
          {tree.map((node) => (
            <Account key={node.account} node={node} onRow={onRow} />
          ))}
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t("books.total")}
              </th>
              <Amounts {...total} />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}
