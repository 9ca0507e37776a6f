/** Sign in with a token; on a local ledger the center may also open the other roles' desks. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { provinceCodes } from "@tongzhang/domain/codes"
import { isPersonKey } from "@tongzhang/domain/ids"
import { Alert, Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"
import { matchPath, useLocation, useNavigate } from "react-router"
import { callerOf } from "../view/caller.js"
import { provinceName } from "../view/places.js"
import { ask, client, headersOf } from "./client.js"
import { Failure } from "./feedback.js"
import { useLanguage } from "./i18n.js"
import { pagesOf } from "./pages.js"
import { type Session, useSessionState } from "./session.js"

const roles = ["center", "agency", "auditor", "person"] as const

/** Signs in and opens the desk; nothing that another role has read stays in memory. */
const useEntrance = (): ((token: string) => boolean) => {
  const { signIn } = useSessionState()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { state } = useLocation()
  return (token) => {
    if (!signIn(token)) return false
    queries.clear()
    const from = (state as { readonly from?: string } | null)?.from
    const kind = callerOf(token)?.kind
    const [path = "/"] = from?.split("?") ?? []
    const back = kind !== undefined && pagesOf(kind).some((page) => matchPath(page.path, path) !== null)
    void navigate(back && from !== undefined ? from : "/", { replace: true })
    return true
  }
}

const OtherRole = ({ session }: { readonly session: Session }): ReactNode => {
  const { t, language } = useLanguage()
  const enter = useEntrance()
  const [role, setRole] = useState<(typeof roles)[number]>("agency")
  const [province, setProvince] = useState<string>("44")
  const [person, setPerson] = useState("")
  const local = useQuery({
    queryKey: ["demo", "clock"],
    queryFn: () => ask(client.GET("/demo/clock")),
    retry: false,
  })
  const caller = role === "agency" ? `agency:${province}` : role === "person" ? `person:${person.trim()}` : role
  const change = useMutation({
    mutationFn: () => ask(client.POST("/demo/tokens", { headers: headersOf(session), body: { caller } })),
    onSuccess: ({ token }) => void enter(token),
  })
  if (local.data === undefined) return null
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      <h2>{t("switchRole")}</h2>
      <p className="quiet">{t("switchRoleLead")}</p>
      <div className="row">
        <label className="field">
          <span>{t("role")}</span>
          <select value={role} onChange={(event) => setRole(event.target.value as typeof role)}>
            {roles.map((one) => (
              <option key={one} value={one}>
                {t(`desk_${one}`)}
              </option>
            ))}
          </select>
        </label>
        {role !== "agency" ? null : (
          <label className="field">
            <span>{t("province")}</span>
            <select value={province} onChange={(event) => setProvince(event.target.value)}>
              {provinceCodes.map((code) => (
                <option key={code} value={code}>
                  {provinceName(code, language)}
                </option>
              ))}
            </select>
          </label>
        )}
        {role !== "person" ? null : (
          <label className="field grow">
            <span>{t("personKey")}</span>
            <Input value={person} onChange={(event) => setPerson(event.target.value)} spellCheck={false} />
          </label>
        )}
        <Button
          htmlType="submit"
          type="primary"
          loading={change.isPending}
          disabled={role === "person" && !isPersonKey(person.trim())}
        >
          {t("open")}
        </Button>
      </div>
      {change.error === null ? null : <Failure error={change.error} />}
    </form>
  )
}

export const SignIn = (): ReactNode => {
  const { t } = useLanguage()
  const { session } = useSessionState()
  const enter = useEntrance()
  const [token, setToken] = useState("")
  const [problem, setProblem] = useState<"tokenBad" | "tokenExpired" | "tokenNoDesk" | null>(null)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (enter(token)) return
    const caller = callerOf(token)
    setProblem(caller === null ? "tokenBad" : caller.kind === "platform" ? "tokenNoDesk" : "tokenExpired")
  }
  return (
    <section className="page narrow stack">
      <h1>{t("signIn")}</h1>
      <p className="quiet">{t("signInLead")}</p>
      <form className="card stack" onSubmit={submit}>
        <label className="field">
          <span>{t("tokenLabel")}</span>
          <Input.TextArea
            value={token}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            placeholder={t("tokenPlaceholder")}
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        {problem === null ? null : <Alert role="alert" type="error" showIcon title={t(problem)} />}
        <div>
          <Button htmlType="submit" type="primary" disabled={token.trim() === ""}>
            {t("signIn")}
          </Button>
        </div>
      </form>
      {session?.caller.kind === "center" ? <OtherRole session={session} /> : null}
    </section>
  )
}
