/** A person's, a case's or a province-month's bundle: made, downloaded, and how others check it. */
import { useMutation, useQuery } from "@tanstack/react-query"
import { provinceCodes } from "@tongzhang/domain/codes"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { useSearchParams } from "react-router"
import { provinceName } from "../../../view/places.js"
import { bundlePath, sizeOf } from "../../../view/sample.js"
import { ask, client, saveBlob } from "../../client.js"
import { Failure } from "../../feedback.js"
import { MomentField } from "../../moment-field.js"
import { useSession } from "../../session.js"
import "../auditor.css"
import { type FetchedBundle, fetchBundle, type Progress } from "./fetch-bundle.js"
import { useBundleWords } from "./words.js"

type Kind = Parameters<typeof bundlePath>[0]
type Of = Parameters<typeof bundlePath>[1]

const Scope = ({
  kind,
  of,
  set,
}: {
  readonly kind: Kind
  readonly of: Of
  readonly set: (change: Partial<Of>) => void
}): ReactNode => {
  const { t, language } = useBundleWords()
  if (kind === "province-month")
    return (
      <>
        <label className="field">
          <span>{t("bundle.province")}</span>
          <select value={of.province} onChange={(event) => set({ province: event.target.value })}>
            {provinceCodes.map((code) => (
              <option key={code} value={code}>
                {provinceName(code, language)}
              </option>
            ))}
          </select>
        </label>
        <MomentField kind="month" label={t("bundle.of")} value={of.month} onChange={(month) => set({ month })} />
      </>
    )
  const person = kind === "person"
  return (
    <label className="field grow">
      <span>{person ? t("bundle.key") : t("bundle.stream")}</span>
      <input
        className="mono text"
        spellCheck={false}
        value={person ? of.person : of.stream}
        onChange={(event) => set(person ? { person: event.target.value.trim() } : { stream: event.target.value.trim() })}
      />
    </label>
  )
}

const save = ({ bytes, name }: FetchedBundle): void => saveBlob(new Blob([bytes], { type: "application/zip" }), name)

const Made = ({ made }: { readonly made: FetchedBundle }): ReactNode => {
  const { t } = useBundleWords()
  const log = useQuery({ queryKey: ["proof", "log"], queryFn: () => ask(client.GET("/audit/proof/log")) })
  return (
    <section className="card stack" aria-labelledby="bundle-made">
      <h2 id="bundle-made">{t("bundle.done", { name: made.name, size: sizeOf(made.bytes.length) })}</h2>
      <p>
        {t("bundle.hash")} <span className="mono bundle-hash">{made.hash}</span>
      </p>
      <h3>{t("bundle.how")}</h3>
      <p>{t("bundle.howText")}</p>
      <pre className="mono data-text" tabIndex={0}>
        {`node verify.mjs ${made.name} --key ${log.data?.vkey ?? "VKEY"}`}
      </pre>
      <div className="row no-print">
        <a href="/audit/bundle/verify.mjs" download="verify.mjs">
          {t("bundle.verifier")}
        </a>
        <Button size="small" onClick={() => save(made)}>
          {t("bundle.again")}
        </Button>
      </div>
    </section>
  )
}

export const BundlesPage = (): ReactNode => {
  const { t } = useBundleWords()
  const session = useSession()
  const [params] = useSearchParams()
  const stream = params.get("case") ?? ""
  const [kind, setKind] = useState<Kind>(stream === "" ? "person" : "case")
  const [of, setOf] = useState<Of>({ person: params.get("person") ?? "", stream, province: "31", month: "" })
  const [progress, setProgress] = useState<Progress | null>(null)
  const path = bundlePath(kind, of)
  const make = useMutation({
    mutationFn: async (wanted: string) => {
      setProgress(null)
      const made = await fetchBundle(session, wanted, setProgress)
      save(made)
      return made
    },
  })
  return (
    <section className="page narrow stack">
      <h1>{t("bundle.title")}</h1>
      <p className="quiet">{t("bundle.lead")}</p>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (path !== null) make.mutate(path)
        }}
      >
        <div className="row">
          <label className="field">
            <span>{t("bundle.kind")}</span>
            <select value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
              <option value="person">{t("bundle.person")}</option>
              <option value="case">{t("bundle.case")}</option>
              <option value="province-month">{t("bundle.month")}</option>
            </select>
          </label>
          <Scope kind={kind} of={of} set={(change) => setOf({ ...of, ...change })} />
          <Button htmlType="submit" type="primary" loading={make.isPending} disabled={path === null}>
            {t("bundle.make")}
          </Button>
        </div>
        <p className="quiet">{t("bundle.note")}</p>
        {!make.isPending ? null : (
          <div role="status" className="job-bar">
            <progress
              aria-label={t("bundle.loading")}
              {...(progress?.total === undefined || progress.total === null
                ? {}
                : { value: progress.bytes, max: progress.total })}
            />
            <span className="quiet">
              {progress === null ? t("bundle.making") : `${t("bundle.loading")} ${sizeOf(progress.bytes)}`}
            </span>
          </div>
        )}
        {make.error === null ? null : <Failure error={make.error} />}
      </form>
      {make.data === undefined || make.isPending ? null : <Made made={make.data} />}
    </section>
  )
}
