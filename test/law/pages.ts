/** `docs/law/`: one page per rule, an index by topic, and the checker's two files. All of it follows from the rules' own metadata. */
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import type { Value } from "@tongzhang/law/explain/explained"
import type { Coverage, Rule, RuleExample, RuleVersion } from "@tongzhang/law/explain/rule"
import { rules } from "@tongzhang/law/rules/registry"

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ")
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => "---")).replaceAll(" ", ""), ...rows.map((one) => row(...one))].join("\n")

const written = (value: Value): string => (Array.isArray(value) ? `[${value.map(written).join(", ")}]` : String(value))

const confidenceWords: Readonly<Record<string, string>> = {
  official: "official text read",
  secondary: "from a mirror or a quoting source",
  derived: "derived from other figures",
  low: "unofficial, not cross-checked",
  memory: "from memory, no source seen",
  constructed: "constructed",
}

const monthWords = {
  own: "all months paid here",
  standing: "all months counted here",
  late: "all months paid late",
  earned: "all months earned here",
} as const

const claimWords = (claim: Coverage): string => {
  switch (claim.of) {
    case "lines":
      return claim.each === undefined ? "all lines of the relation as they hold now" : "every month of all lines as they hold now"
    case "months":
      return monthWords[claim.which]
    case "received":
      return "all parts brought in that stand"
    case "part":
      return claim.direction === "in" ? "all months brought in that stand" : "all months sent away"
    case "family":
      return claim.which === "any"
        ? "all months"
        : claim.which === "several"
          ? "all months counted more than once"
          : "all months in transit"
    case "events":
      return `${claim.newest === true ? "the newest" : "all"} ${claim.types.join(" or ")}`
    case "nodes":
      return claim.per === "relation" ? "one for each relation" : "one for each family"
    case "streams":
      return "the last event of each stream"
    case "latest":
      return "the event recorded last"
  }
}

const example = (rule: Rule, { version, operands, value, basis }: RuleExample): string =>
  [
    `Version ${version} (${basis}):`,
    "",
    table(
      ["Operand", "Value"],
      Object.entries(operands).map(([name, one]) => [`\`${name}\``, `${written(one)} ${rule.operands[name]?.unit ?? ""}`]),
    ),
    "",
    `**= ${written(value)} ${rule.unit}**`,
  ].join("\n")

const versionRows = (versions: readonly RuleVersion[]): string =>
  table(
    ["In force from", "Until", "Article", "Source", "Confidence", "Change"],
    versions.map((version, i) => [
      version.from,
      versions[i + 1]?.from === undefined ? "" : `before ${versions[i + 1]?.from ?? ""}`,
      version.article,
      version.source,
      `${version.confidence}: ${confidenceWords[version.confidence] ?? ""}`,
      version.change_en ?? (i === 0 ? "first known" : ""),
    ]),
  )

const page = (rule: Rule): string => {
  const newest = rule.versions.at(-1) ?? rule.versions[0]
  const older = rule.versions.slice(0, -1)
  const questions = rule.openQuestions ?? []
  const parts = [
    `# ${rule.title.zh} · ${rule.title.en}`,
    `Rule \`${rule.id}\`, result in ${rule.unit}. Written from the rule's metadata by \`npm run law:docs\`.`,
    `${rule.summary.zh}\n\n${rule.summary.en}`,
    `**${newest.article}**`,
    `## Formula\n\n\`\`\`\n${newest.formula}\n\`\`\`\n\nThe language is that of [formulas.md](../formulas.md).`,
    table(
      ["Operand", "", "", "Unit", "Complete"],
      Object.entries(rule.operands).map(([name, { zh, en, unit, all }]) => [
        `\`${name}\``,
        zh,
        en,
        unit,
        all === undefined ? "" : claimWords(all),
      ]),
    ),
    `## Worked examples\n\n${rule.examples.map((one) => example(rule, one)).join("\n\n")}`,
    `## Versions\n\n${rule.datedBy === undefined ? "" : `The version is that of \`${rule.datedBy}\`.\n\n`}${versionRows(rule.versions)}`,
    ...older.map(({ from, formula }) => `Formula from ${from}:\n\n\`\`\`\n${formula}\n\`\`\``),
    `## Open questions\n\n${
      questions.length === 0
        ? "None known."
        : questions
            .map(
              (one) =>
                `- **${one.question}** ${one.question_zh} ${one.question_en} Reading followed meanwhile: ${one.reading_en}`,
            )
            .join("\n")
    }`,
  ]
  return `${parts.join("\n\n")}\n`
}

const topicOf = (rule: Rule): string => rule.id.split("/")[0] ?? rule.id

const index = (): string => {
  const topics = [...new Set(rules.map(topicOf))]
  const sections = topics.map((topic) => {
    const rows = rules
      .filter((rule) => topicOf(rule) === topic)
      .map((rule) => [
        `[${rule.title.zh} · ${rule.title.en}](${rule.id}.md)`,
        `\`${rule.id}\``,
        rule.versions.map(({ from }) => from).join(", "),
        rule.versions.at(-1)?.confidence ?? "",
        String(rule.openQuestions?.length ?? 0),
      ])
    return `## ${topic}\n\n${table(["Rule", "Id", "Versions", "Confidence", "Open questions"], rows)}`
  })
  return [
    "# The rules",
    `${rules.length} rules, each dated, cited and explained. Written from the rules' metadata by \`npm run law:docs\`; a test fails when a page differs.`,
    "- [formulas.md](formulas.md): the language of the formulas",
    "- [explanations.md](explanations.md): how a number is asked for with its reasons, and checked",
    "- [catalogue.json](catalogue.json): the formulas as the explanation checker reads them",
    "- [parameters.json](parameters.json): the published numbers as the explanation checker reads them",
    ...sections,
    "",
  ].join("\n\n")
}

/** One entry to a line: a change shows as a change of one line. */
const lines = (open: string, entries: readonly unknown[], close: string): string =>
  `${open}\n${entries.map((entry) => JSON.stringify(entry)).join(",\n")}\n${close}\n`

/** Path below `docs/law/` -> content. */
export const lawPages = (): ReadonlyMap<string, string> => {
  const { format, rules: entries } = catalogue()
  return new Map([
    ["README.md", index()],
    ["catalogue.json", lines(`{ "format": "${format}", "rules": [`, entries, "] }")],
    ["parameters.json", lines("[", publishedParameters(), "]")],
    ...rules.map((rule) => [`${rule.id}.md`, page(rule)] as const),
  ])
}
