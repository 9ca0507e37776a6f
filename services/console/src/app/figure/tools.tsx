/** What one takes away from a figure: files, and the link that shows it again. */
import { useMutation } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { momentInChina } from "../../view/amounts.js"
import { fileName, type FigureTable, permalinkOf } from "../../view/figure.js"
import { Failure } from "../feedback.js"
import { type About, saveCsv, savePng, saveXlsx } from "./save.js"
import { useFigureWords } from "./words.js"

export type Downloadable = {
  readonly id: string
  readonly title: string
  readonly definition: string
  readonly denominator: string
  readonly dataOf: string | null
  readonly table: FigureTable
  readonly pin?: Readonly<Record<string, string>>
}

type FileKind = "csv" | "xlsx" | "png"

export const Tools = ({
  figure,
  image,
  say,
}: {
  readonly figure: Downloadable
  readonly image: () => string | null
  readonly say: (text: string) => void
}): ReactNode => {
  const { t } = useFigureWords()
  const { id, title, table, dataOf, pin = {} } = figure
  const [byHand, setByHand] = useState<string | null>(null)
  const link = (): string => permalinkOf(location.href, pin, id)
  const about = (): About => ({
    title,
    lines: [
      figure.definition,
      t("figure.denominator", { what: figure.denominator }),
      dataOf === null ? t("figure.dataOfNone") : t("figure.dataOf", { at: momentInChina(dataOf) }),
      `${t("figure.source")} · ${link()}`,
    ],
  })
  const save = useMutation({
    mutationFn: async (kind: FileKind) => {
      const name = fileName(id, dataOf, kind)
      if (kind === "csv") saveCsv(table, name)
      else if (kind === "xlsx") await saveXlsx(table, about(), { data: t("figure.data"), about: t("figure.about") }, name)
      else await savePng(image() ?? "", about(), name)
      return name
    },
    onSuccess: (file) => say(t("figure.saved", { file })),
  })
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link())
      setByHand(null)
      say(t("figure.copied"))
    } catch {
      setByHand(link()) // no clipboard without a secure origin, or refused
    }
  }
  return (
    <>
      <div className="figure-tools no-print">
        {(["csv", "xlsx", "png"] as const).map((kind) => (
          <Button
            key={kind}
            size="small"
            aria-label={t("figure.download", { kind: kind.toUpperCase(), title })}
            onClick={() => save.mutate(kind)}
          >
            {t(`figure.${kind}`)}
          </Button>
        ))}
        <Button size="small" onClick={() => void copy()}>
          {t("figure.link")}
        </Button>
      </div>
      {save.error === null ? null : <Failure error={save.error} />}
      {byHand === null ? null : (
        <label className="field no-print">
          <span>{t("figure.copyByHand")}</span>
          <input className="figure-link" readOnly value={byHand} onFocus={(event) => event.target.select()} />
        </label>
      )}
    </>
  )
}
