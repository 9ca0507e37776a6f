/** Rows and columns of a figure as a real table: captioned, headed, scrolling inside its own frame. */
import type { ReactNode } from "react"
import { type FigureTable, isNumeric, shown } from "../../view/figure.js"

export const DataTable = ({ table, caption }: { readonly table: FigureTable; readonly caption: string }): ReactNode => (
  <div className="scroll tall" tabIndex={0} role="region" aria-label={caption}>
    <table className="data fit">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column.label} scope="col" className={isNumeric(column) ? "right" : ""}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, i) => (
          <tr key={`${i} ${row[0] ?? ""}`}>
            {row.map((value, j) => {
              const column = table.columns[j]
              const text = shown(value, column?.kind)
              if (j === 0)
                return (
                  <th key={j} scope="row">
                    {text}
                  </th>
                )
              return (
                <td key={j} className={column !== undefined && isNumeric(column) ? "right" : ""}>
                  {text}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
