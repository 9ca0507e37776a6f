/** A number by the rules of the law: the tree of `GET /national/persons/{key}/explain?question=`, in the rules' own words. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { type RuleWords, type TreeNode, treesOf } from "../../view/law-tree.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"

/** In words, and as the formula names it. */
const Named = ({ node: { label, name } }: { readonly node: TreeNode }): ReactNode =>
  label === name ? (
    <code>{name}</code>
  ) : (
    <>
      {label} <code className="quiet">{name}</code>
    </>
  )

const Branch = ({ node, open }: { readonly node: TreeNode; readonly open: boolean }): ReactNode => {
  const { t } = useLanguage()
  const [shown, setShown] = useState(open)
  const leaf =
    node.leaf === null ? null : (
      <span className="quiet">
        <Tag>{t(node.leaf.kind)}</Tag> <span className="mono">{node.leaf.text}</span>
      </span>
    )
  if (node.children.length === 0 && node.rule === null)
    return (
      <li>
        <Named node={node} /> = <strong>{node.value}</strong> {leaf}
      </li>
    )
  return (
    <li>
      <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
        <summary>
          <Named node={node} /> = <strong>{node.value}</strong>
        </summary>
        <p className="quiet">
          {node.article} · <span className="mono">{node.rule}</span>
          <br />
          <code>{node.formula}</code>
        </p>
        {shown ? (
          <ul className="tree">
            {node.children.map((child) => (
              <Branch key={child.name} node={child} open={false} />
            ))}
          </ul>
        ) : null}
      </details>
    </li>
  )
}

const noWords: RuleWords = new Map()

/** The same for everybody and every number; without it the tree still stands, in the formulas' own names. */
const useRules = (enabled: boolean) => {
  const session = useSession()
  return useQuery({
    queryKey: ["rules"],
    enabled,
    staleTime: Infinity,
    queryFn: async (): Promise<RuleWords> => {
      const { rules } = await ask(client.GET("/national/rules", { headers: headersOf(session) }))
      return new Map(rules.map((rule) => [rule.id, rule]))
    },
  })
}

/** A button first: the law is asked only when somebody wants to know. */
export const ByRules = ({
  personKey,
  knownAt,
  question,
}: {
  readonly personKey: string
  readonly knownAt: string | null
  readonly question: string | null
}): ReactNode => {
  const { t, language } = useLanguage()
  const session = useSession()
  const [wanted, setWanted] = useState(false)
  const answer = useQuery({
    queryKey: ["question", personKey, question, knownAt, session.purpose],
    enabled: wanted && question !== null,
    queryFn: async () => {
      const query = { question: question ?? "", ...(knownAt === null ? {} : { knownAt }) }
      const headers = headersOf(session)
      const found = await ask(
        client.GET("/national/persons/{key}/explain", { params: { path: { key: personKey }, query }, headers }),
      )
      return "answers" in found ? found.answers : {}
    },
  })
  const rules = useRules(wanted)
  if (question === null) return null
  if (!wanted)
    return (
      <div>
        <Button onClick={() => setWanted(true)}>{t("lawShow")}</Button>
      </div>
    )
  return (
    <div className="stack">
      <h3>{t("lawTree")}</h3>
      {answer.isPending || rules.isPending ? <Loading label={t("explainLoading")} /> : null}
      {answer.error === null ? null : <Failure error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data === undefined || rules.isPending ? null : (
        <ul className="tree">
          {treesOf(answer.data, { language, rules: rules.data ?? noWords }).map((node) => (
            <Branch key={node.name} node={node} open />
          ))}
        </ul>
      )}
    </div>
  )
}
