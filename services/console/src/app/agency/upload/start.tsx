/** The desk's first page: send a file, take a template, see what was sent. */
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import type { Catalogue } from "../../../view/upload.js"
import { download } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { useCatalogue } from "./catalogue.js"
import { Drop } from "./drop.js"
import { FeedList } from "./feed-list.js"
import { Steps } from "./steps.js"
import "./upload.css"
import { useUploadWords } from "./words.js"

const Templates = ({ catalogue }: { readonly catalogue: Catalogue }): ReactNode => {
  const { t, language } = useUploadWords()
  const session = useSession()
  const [act, setAct] = useState("contribute")
  const [error, setError] = useState<unknown>(null)
  const save = (ending: "csv" | "xlsx") => (): void => {
    const query = act === "" ? "" : `?act=${act}`
    const name = catalogue.templates.find(({ id }) => id === act)?.zh ?? "全部列"
    setError(null)
    download(session, `/intake/template.${ending}${query}`, `模板-${name}.${ending}`).catch(setError)
  }
  return (
    <section className="card stack" aria-labelledby="templates">
      <h2 id="templates">{t("upload.templates")}</h2>
      <p className="quiet">{t("upload.templatesLead")}</p>
      <div className="row">
        <label className="field">
          <span>{t("upload.templateKind")}</span>
          <select value={act} onChange={(event) => setAct(event.target.value)}>
            {catalogue.templates.map((template) => (
              <option key={template.id} value={template.id}>
                {template[language]}
              </option>
            ))}
            <option value="">{t("upload.templateAll")}</option>
          </select>
        </label>
        <Button onClick={save("xlsx")}>{t("upload.template_xlsx")}</Button>
        <Button onClick={save("csv")}>{t("upload.template_csv")}</Button>
      </div>
      {error === null ? null : <Failure error={error} />}
    </section>
  )
}

export const UploadStart = (): ReactNode => {
  const { t } = useUploadWords()
  const { caller } = useSession()
  const catalogue = useCatalogue()
  const mine = caller.kind === "agency"
  return (
    <section className="page stack upload">
      <h1>{t("upload.title")}</h1>
      <p className="quiet">{mine ? t("upload.lead") : t("upload.onlyAgency")}</p>
      {mine ? <Steps at="file" /> : null}
      {catalogue.isPending ? <Loading rows={4} /> : null}
      {catalogue.error === null ? null : <Failure error={catalogue.error} retry={() => void catalogue.refetch()} />}
      {catalogue.data === undefined || !mine ? null : (
        <>
          <Drop catalogue={catalogue.data} />
          <Templates catalogue={catalogue.data} />
        </>
      )}
      <FeedList />
    </section>
  )
}
