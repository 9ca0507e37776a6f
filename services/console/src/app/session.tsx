/** Who works at this desk: a token kept for this tab, and the purpose that every read names. */
import { createContext, type ReactNode, use, useMemo, useState } from "react"
import { callerOf, type Purpose, purposesOf, type TokenCaller } from "../view/caller.js"

const stored = "tongzhang.token"

export type Session = {
  readonly token: string
  readonly caller: TokenCaller
  readonly purpose: Purpose
}
type SessionState = {
  readonly session: Session | null
  readonly signIn: (token: string) => boolean
  readonly signOut: () => void
  readonly setPurpose: (purpose: Purpose) => void
}

const Context = createContext<SessionState | null>(null)

/** The link that `npm start` prints carries the token behind `#`, which no server ever sees; it leaves the address at once. */
const tokenOfAddress = (): string | null => {
  const token = new URLSearchParams(location.hash.slice(1)).get("token")
  if (token !== null) history.replaceState(null, "", location.pathname + location.search)
  return token
}

const sessionOf = (token: string | null): Session | null => {
  const caller = token === null ? null : callerOf(token)
  if (token === null || caller === null) return null
  if (caller.expires !== null && caller.expires * 1_000 < Date.now()) return null
  const [purpose] = purposesOf(caller.kind)
  return purpose === undefined ? null : { token: token.trim(), caller, purpose }
}

const opened = (): Session | null => {
  const fresh = sessionOf(tokenOfAddress())
  if (fresh !== null) sessionStorage.setItem(stored, fresh.token)
  return fresh ?? sessionOf(sessionStorage.getItem(stored))
}

export const SessionProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const [session, setSession] = useState<Session | null>(opened)
  const state = useMemo<SessionState>(
    () => ({
      session,
      signIn: (token) => {
        const next = sessionOf(token)
        if (next === null) return false
        sessionStorage.setItem(stored, next.token)
        setSession(next)
        return true
      },
      signOut: () => {
        sessionStorage.removeItem(stored)
        setSession(null)
      },
      setPurpose: (purpose) => setSession((now) => (now === null ? null : { ...now, purpose })),
    }),
    [session],
  )
  return <Context value={state}>{children}</Context>
}

export const useSessionState = (): SessionState => {
  const state = use(Context)
  if (state === null) throw new Error("no SessionProvider above")
  return state
}

/** Inside a desk: somebody is signed in. */
export const useSession = (): Session => {
  const { session } = useSessionState()
  if (session === null) throw new Error("a desk without a session")
  return session
}
