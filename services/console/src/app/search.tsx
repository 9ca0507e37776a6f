/** The way to a person: by ID number, exact name or key. What was typed is sent in a body and never becomes an address. */
import { useMutation } from "@tanstack/react-query"
import { Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"
import { Link, useNavigate } from "react-router"
import { searchOf } from "../view/caller.js"
import type { Match } from "../view/types.js"
import { ask, client, headersOf } from "./client.js"
import { Failure, Loading, Nothing } from "./feedback.js"
import { useLanguage } from "./i18n.js"
import { useSession } from "./session.js"
import { Tag } from "./tag.js"

const Found = ({ match }: { readonly match: Match }): ReactNode => {
  const { t } = useLanguage()
  const { identity } = match
  const name =
    identity.state === "erased"
      ? t("erased")
      : identity.state === "unreadable"
        ? t("unreadable")
        : (identity.name ?? t("unknown"))
  return (
    <li>
      <Link className="card found" to={`/persons/${match.person}`}>
        <strong>{name}</strong>
        <span className="mono">{identity.citizenId ?? match.person.slice(0, 12)}</span>
        <span>
          {match.sex === "male" || match.sex === "female" ? t(`sex_${match.sex}`) : ""} {match.birthMonth ?? ""}
        </span>
        <Tag color={match.state === "matched" ? "green" : "gold"}>{t(match.state)}</Tag>
      </Link>
    </li>
  )
}

export const Search = (): ReactNode => {
  const { t } = useLanguage()
  const session = useSession()
  const navigate = useNavigate()
  const [typed, setTyped] = useState("")
  const lookup = useMutation({
    mutationFn: (body: { citizenId?: string; name?: string }) =>
      ask(client.POST("/national/persons/lookup", { headers: headersOf(session), body })),
    onSuccess: ({ state, matches }) => {
      const [only] = matches
      if (state === "matched" && matches.length === 1 && only !== undefined) void navigate(`/persons/${only.person}`)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const search = searchOf(typed)
    if (search.kind === "key") void navigate(`/persons/${search.key}`)
    if (search.kind === "citizenId") lookup.mutate({ citizenId: search.citizenId })
    if (search.kind === "name") lookup.mutate({ name: search.name })
  }
  return (
    <section className="page narrow stack">
      <h1>{t("searchTitle")}</h1>
      <p className="quiet">{t("searchLead")}</p>
      <form className="row" onSubmit={submit} role="search">
        <label className="field grow">
          <span>{t("searchLabel")}</span>
          <Input
            size="large"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <Button size="large" type="primary" htmlType="submit" loading={lookup.isPending} disabled={typed.trim() === ""}>
          {t("search")}
        </Button>
      </form>
      <p className="quiet">{t("purposeNote")}</p>
      <div aria-live="polite">
        {lookup.isPending ? <Loading rows={2} /> : null}
        {lookup.error === null ? null : <Failure error={lookup.error} />}
        {lookup.data?.state === "none" ? <Nothing text={t("searchEmpty")} hint={t("searchEmptyHint")} /> : null}
        {lookup.data === undefined || lookup.data.state === "none" ? null : (
          <>
            {lookup.data.state === "possible" ? <p>{t("possibleHint")}</p> : null}
            <ul className="plain stack">
              {lookup.data.matches.map((match) => (
                <Found key={match.person} match={match} />
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  )
}
