/** Checks a report without any ledger: its form, every hash, the signatures, and each receipt of its evidence. */
import { openCheckpoint } from "@tongzhang/proof/checkpoint"
import { type NoteKey, parseNote, parseVkey, verifyNote } from "@tongzhang/proof/note"
import { checkReceipt } from "@tongzhang/proof/receipt"
import { carriedIn, generator, generatorOf, pageOf } from "./page.js"
import { type Report, reportFormat } from "./report.js"
import { type Digests, digestsOf, fileOf, signedText, type SignedReport } from "./signed.js"

export type ReportCheck = {
  readonly ok: boolean
  /** What is wrong, the most telling first; empty when nothing is. */
  readonly problems: readonly string[]
  /** Null when the file could not be read as a report. */
  readonly report: Report | null
  /** Names of the trusted keys that have signed. */
  readonly signedBy: readonly string[]
  /** Receipts of evidence that were checked. */
  readonly receipts: number
}

/** Whom the reader trusts, by keys from elsewhere than the report. */
export type Trust = {
  /** Each of them must have signed the report. */
  readonly keys: readonly NoteKey[]
  /** The ledger's log; absent: the key that the report itself names. */
  readonly log?: NoteKey | undefined
  /** Each of them must have signed the checkpoint that the report stands on. */
  readonly witnesses?: readonly NoteKey[] | undefined
}

const problems_listed_max = 50

const failed = (problem: string): ReportCheck => ({ ok: false, problems: [problem], report: null, signedBy: [], receipts: 0 })

const read = (text: string): SignedReport | string => {
  try {
    const found = JSON.parse(text) as Partial<SignedReport> | null
    if (found?.report?.format !== reportFormat || typeof found.digests !== "object" || found.digests === null)
      return `this is no report of the form ${reportFormat}`
    return found as SignedReport
  } catch (error) {
    return `this is no JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The first place where two texts part, with a few characters around it. */
const parting = (text: string, should: string): string => {
  let at = 0
  while (at < text.length && text[at] === should[at]) at++
  const around = (one: string): string => JSON.stringify(one.slice(Math.max(0, at - 20), at + 20))
  return `character ${at + 1}, ${around(text)} where ${around(should)} was signed`
}

const changedParts = (found: Digests, stated: Digests): string[] => [
  ...Object.keys(found).flatMap((part) => {
    if (!Object.hasOwn(stated, part)) return [`${part} was added`]
    return stated[part] === found[part] ? [] : [`${part} is not what was signed`]
  }),
  ...Object.keys(stated).flatMap((part) => (Object.hasOwn(found, part) ? [] : [`${part} was taken out`])),
]

const checkSignature = async (
  { report, digests, signature }: SignedReport,
  keys: readonly NoteKey[],
): Promise<{ readonly problems: string[]; readonly signedBy: string[] }> => {
  const no = (problem: string) => ({ problems: [problem], signedBy: [] })
  if (signature === null) return no("it is not signed: a draft")
  const note = typeof signature === "string" ? parseNote(signature) : null
  if (note === null) return no("/signature is no signed note")
  if (note.text !== signedText(report.engagement, digests))
    return no(
      "/signature is over other hashes than /digests: the list of hashes was changed, or the signature is another report's",
    )
  const verified = await verifyNote(note, keys)
  if (verified === null) return no("/signature is false: it was not made by the key it names")
  const signedBy = verified.map(({ key }) => key.name)
  const missing = keys.filter(({ name }) => !signedBy.includes(name))
  return { problems: missing.map(({ name }) => `/signature: ${name} has not signed it`), signedBy }
}

const keyIn = (text: string): NoteKey | null => {
  try {
    return parseVkey(text)
  } catch {
    return null
  }
}

/** Every event of evidence has a receipt that leads to the checkpoint the report stands on. */
const checkProof = async ({ proof, findings }: Report, { log, witnesses = [] }: Trust): Promise<string[]> => {
  if (proof === null) return witnesses.map(({ name }) => `/proof is empty: ${name} has signed nothing`)
  const key = log ?? keyIn(proof.log)
  if (key === null) return ["/proof/log is no verifier key"]
  const opened = await openCheckpoint(proof.checkpoint, key, witnesses)
  if (typeof opened === "string") return [`/proof/checkpoint: ${opened}`]
  const silent = witnesses.filter((one) => !opened.verified.some(({ key }) => key === one))
  const problems = silent.map(({ name }) => `/proof/checkpoint: ${name} has not signed it`)
  for (const [i, one] of proof.receipts.entries()) {
    const at = `/proof/receipts/${i}`
    const checked = await checkReceipt(one.receipt, key)
    if (!checked.ok) problems.push(`${at}, event ${one.event}: ${checked.what}`)
    else if (
      checked.entry.id !== one.event ||
      checked.receipt.index !== one.index ||
      checked.receipt.checkpoint !== proof.checkpoint
    )
      problems.push(`${at} is the receipt of another event, place or checkpoint`)
  }
  const held = new Set(proof.receipts.map(({ event }) => event))
  for (const { finding, evidence } of findings)
    for (const { event } of evidence)
      if (!held.has(event)) problems.push(`finding ${finding}: no receipt of its evidence ${event}`)
  return problems
}

const inspect = async (text: string, signed: SignedReport, trust: Trust): Promise<ReportCheck> => {
  const { report, digests } = signed
  const parts = changedParts(digestsOf(report), digests)
  const signature = await checkSignature(signed, trust.keys)
  const should = fileOf(signed)
  const problems = [
    ...parts,
    ...signature.problems,
    ...(should === text ? [] : [`the file is not in its canonical form (RFC 8785): ${parting(text, should)}`]),
    // What was changed after the signing is named above; its proofs say nothing more.
    ...(parts.length > 0 ? [] : await checkProof(report, trust)),
  ]
  return {
    ok: problems.length === 0,
    problems: problems.slice(0, problems_listed_max),
    report,
    signedBy: signature.signedBy,
    receipts: parts.length > 0 ? 0 : (report.proof?.receipts.length ?? 0),
  }
}

/** @param text the JSON file */
export const checkReport = async (text: string, trust: Trust): Promise<ReportCheck> => {
  const signed = read(text)
  if (typeof signed === "string") return failed(signed)
  try {
    return await inspect(text, signed, trust)
  } catch (error) {
    // Whatever was put in place of its parts: a report that cannot be read through is no report.
    return failed(`the report cannot be read through: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** As `checkReport`, for a page: what it carries, and that it shows nothing else. */
export const checkPage = async (page: string, trust: Trust): Promise<ReportCheck> => {
  const carried = carriedIn(page)
  if (carried === null) return failed("the page carries no report")
  const signed = read(carried)
  if (typeof signed === "string") return failed(signed)
  // The page writes `<` as an escape; the file itself does not.
  const file = fileOf(signed)
  const check = await checkReport(file, trust)
  if (!check.ok) return check
  const should = pageOf(signed, file)
  if (page === should) return check
  const drawnBy = generatorOf(page)
  if (drawnBy !== generator) {
    const other = `the page was drawn by ${drawnBy ?? "an unknown program"}, not ${generator}: what it carries is signed, its words cannot be compared; draw it again from the .json`
    return { ...check, ok: false, problems: [other] }
  }
  const [lines, drawn] = [page.split("\n"), should.split("\n")]
  const at = lines.findIndex((line, i) => line !== drawn[i])
  const what =
    at < 0
      ? "the page is cut short"
      : `line ${at + 1} of the page is not what the report says: ${parting(lines[at] ?? "", drawn[at] ?? "")}`
  return { ...check, ok: false, problems: [what] }
}
