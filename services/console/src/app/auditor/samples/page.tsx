/** A sample of money facts that anybody can draw again. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useSearchParams } from "react-router"
import type { SampleAnswer } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading, None } from "../../feedback.js"
import { type Session, useSession } from "../../session.js"
import "../auditor.css"
import { Drawn } from "./drawn.js"
import { SampleForm, searchOf, type Wanted, wantedOf } from "./form.js"
import { useSampleWords } from "./words.js"

const drawSample = (session: Session, { seed, size, method, province, scheme, upTo }: Wanted): Promise<SampleAnswer> => {
  const query = {
    seed,
    size: Number(size),
    method,
    ...(province === "" ? {} : { province }),
    ...(scheme === "" ? {} : { scheme }),
    ...(upTo === "" ? {} : { upTo }),
  }
  return ask(client.GET("/audit/sample", { params: { query }, headers: headersOf(session) }))
}

export const SamplesPage = (): ReactNode => {
  const { t } = useSampleWords()
  const session = useSession()
  const [params, setParams] = useSearchParams()
  const wanted = wantedOf(params)
  const sample = useQuery({
    queryKey: ["sample", params.toString()],
    enabled: wanted.seed !== "",
    queryFn: () => drawSample(session, wanted),
  })
  return (
    <section className="page stack">
      <h1>{t("sample.title")}</h1>
      <p className="quiet">{t("sample.lead")}</p>
      <SampleForm key={params.toString()} wanted={wanted} onDraw={(next) => setParams(searchOf(next))} />
      {wanted.seed === "" ? <None text={t("sample.start")} /> : null}
      {wanted.seed !== "" && sample.isPending ? <Loading rows={8} label={t("sample.working")} /> : null}
      {sample.error === null ? null : <Failure error={sample.error} retry={() => void sample.refetch()} />}
      {sample.data === undefined ? null : (
        <Drawn
          key={params.toString()}
          sample={sample.data}
          again={() => drawSample(session, { ...wanted, upTo: sample.data.upTo ?? "" })}
        />
      )}
    </section>
  )
}
