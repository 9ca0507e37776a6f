/** The console: routes by desk, every page loaded when it is opened. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { ConfigProvider } from "antd"
import { type ReactNode, StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { createBrowserRouter, Navigate, type RouteObject, RouterProvider } from "react-router"
import { Refused } from "./client.js"
import { Desk, NoPage, NotYours } from "./desk.js"
import { Loading } from "./feedback.js"
import { startI18n } from "./i18n.js"
import { type Page, pages, pagesOf } from "./pages.js"
import { SessionProvider, useSessionState } from "./session.js"
import "./styles.css"

const Home = (): ReactNode => {
  const { session } = useSessionState()
  return <Navigate replace to={session === null ? "/sign-in" : (pagesOf(session.caller.kind)[0]?.path ?? "/sign-in")} />
}

const routeOf = ({ path, kinds, load }: Page): RouteObject => ({
  path,
  lazy: async () => {
    const Content = await load()
    return {
      Component: () => {
        const { session } = useSessionState()
        return session === null || kinds.includes(session.caller.kind) ? <Content /> : <NotYours />
      },
    }
  },
})

const router = createBrowserRouter(
  [
    { path: "/", element: <Home /> },
    {
      element: <Desk />,
      hydrateFallbackElement: <Loading />,
      children: [
        { path: "/sign-in", lazy: async () => ({ Component: (await import("./sign-in.js")).SignIn }) },
        ...pages.map(routeOf),
        { path: "*", element: <NoPage /> },
      ],
    },
  ],
  { basename: "/console" },
)

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only silence is worth another try.
      retry: (count, error) => !(error instanceof Refused) && count < 1,
    },
  },
})

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ""
const theme = {
  token: { colorPrimary: "#0b5c8c", colorTextPlaceholder: "#6b7280", colorTextDescription: "#4b5563", borderRadius: 6 },
}

await startI18n()
const root = document.getElementById("root")
if (root === null) throw new Error("the page has no #root")
createRoot(root).render(
  <StrictMode>
    <ConfigProvider csp={{ nonce }} theme={theme} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </ConfigProvider>
  </StrictMode>,
)
