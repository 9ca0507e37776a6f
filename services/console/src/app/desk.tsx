/** The frame of every page: who works here, what for, in which language. A desk shows only what its role may open. */
import { Button } from "antd"
import type { ReactNode } from "react"
import { Link, Navigate, NavLink, Outlet, useLocation } from "react-router"
import { type Purpose, purposesOf } from "../view/caller.js"
import { provinceName } from "../view/places.js"
import { useLanguage } from "./i18n.js"
import { pagesOf } from "./pages.js"
import { useSessionState } from "./session.js"

const PurposePicker = (): ReactNode => {
  const { t } = useLanguage()
  const { session, setPurpose } = useSessionState()
  const purposes = session === null ? [] : purposesOf(session.caller.kind)
  if (session === null || purposes.length < 2) return null
  return (
    <label className="purpose" title={t("purposeNote")}>
      <span>{t("purpose")}</span>
      <select value={session.purpose} onChange={(event) => setPurpose(event.target.value as Purpose)}>
        {purposes.map((purpose) => (
          <option key={purpose} value={purpose}>
            {t(`purpose_${purpose}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

export const Desk = (): ReactNode => {
  const { t, language, switchLanguage } = useLanguage()
  const { session, signOut } = useSessionState()
  const { pathname, search } = useLocation()
  const caller = session?.caller
  if (session === null && pathname !== "/sign-in") return <Navigate replace to="/sign-in" state={{ from: pathname + search }} />
  const place = caller?.province === undefined || caller.province === null ? "" : ` · ${provinceName(caller.province, language)}`
  return (
    <>
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      <header className="bar">
        <Link className="brand" to="/">
          <strong>{t("title")}</strong>
          <span>{t("subtitle")}</span>
        </Link>
        {caller === undefined ? null : (
          <nav aria-label={t("title")}>
            {pagesOf(caller.kind).map(({ path, menu }) =>
              menu === undefined ? null : (
                <NavLink key={path} to={path} end={path === "/me"}>
                  {menu[language]}
                </NavLink>
              ),
            )}
          </nav>
        )}
        <div className="bar-end">
          <PurposePicker />
          {caller === undefined ? null : (
            <Link className="who" to="/sign-in" aria-label={`${t("signedInAs")} ${t(`desk_${caller.kind}`)}${place}`}>
              {t(`desk_${caller.kind}`)}
              {place}
            </Link>
          )}
          <Button size="small" onClick={switchLanguage} lang={language === "zh" ? "en" : "zh-CN"} title={t("languageHint")}>
            {t("language")}
          </Button>
          {caller === undefined ? null : (
            <Button size="small" onClick={signOut}>
              {t("signOut")}
            </Button>
          )}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}

export const NoPage = (): ReactNode => {
  const { t } = useLanguage()
  return (
    <section className="page narrow">
      <h1>{t("notFound")}</h1>
      <Link to="/">{t("backHome")}</Link>
    </section>
  )
}

/** The address belongs to another role's desk. */
export const NotYours = (): ReactNode => {
  const { t } = useLanguage()
  return (
    <section className="page narrow stack">
      <h1>{t("notYours")}</h1>
      <p className="quiet">{t("notYoursHint")}</p>
      <Link to="/">{t("backHome")}</Link>
    </section>
  )
}
