/** The confusion matrix of a labelled nation: only a local ledger that was fed with one can have it. */
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import { caseIdOf } from "@tongzhang/domain/overlap"
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { isRight } from "fp-ts/lib/Either.js"
import { z } from "zod"
import { compareWithTruth, type Detection, type Seen } from "./detection.js"
import { type Labels, labelsOf } from "./labels.js"

const count = z.int()
export const detectionSchema = z.object({
  labelled: z.boolean().describe("false: no nation with labels was fed, so recall cannot be known"),
  nations: z.array(z.string()),
  persons: count,
  truePositive: count.describe("labelled duplicates found, with exactly their kind and months"),
  inexact: count.describe("found, with another kind or other months"),
  falsePositive: count.describe("cases of persons or sides that no label names"),
  falseNegative: count.describe("labelled duplicates not found"),
  trueNegative: count.describe("labelled near misses that raised no alarm"),
  precision: z.number().nullable().describe("of all alarms, those that are labelled; null of none"),
  recall: z.number().nullable().describe("of all labels, those that raised an alarm; null of none"),
  differences: z.array(z.string()).describe("what went wrong, at most 50, named by key"),
})
type Answer = z.infer<typeof detectionSchema>

const unknown: Answer = {
  labelled: false,
  nations: [],
  persons: 0,
  truePositive: 0,
  inexact: 0,
  falsePositive: 0,
  falseNegative: 0,
  trueNegative: 0,
  precision: null,
  recall: null,
  differences: [],
}

/** Near misses whose very pair of sides has no case: a person may have another, real duplicate besides. */
const quietNearMisses = async ({ queries, personKeys }: Seen, labels: Labels): Promise<number> => {
  const alarmed = new Set<string>()
  for (let offset = 0; ; offset += 1_000) {
    const { rows } = await queries.overlaps({ offset, limit: 1_000 })
    for (const row of rows) if (row.status !== "dissolved") alarmed.add(`${row.person_key} ${row.case_id}`)
    if (rows.length < 1_000) break
  }
  return labels.nearMisses.filter(({ citizenId, sides: [a, b] }) => {
    const id = normaliseCitizenId(citizenId)
    return a === undefined || b === undefined || !isRight(id) || !alarmed.has(`${personKeys.of(id.right)} ${caseIdOf(a, b)}`)
  }).length
}

const share = (part: number, of: number): number | null => (of === 0 ? null : part / of)

const answerOf = (labels: Labels, found: Detection, trueNegative: number): Answer => {
  const missed = found.differences.filter((text) => text.startsWith("missed:")).length
  const inexact = found.expected - found.detected - missed
  const alarms = found.detected + inexact + found.falseAlarms
  return {
    labelled: true,
    nations: [...labels.nations],
    persons: labels.persons,
    truePositive: found.detected,
    inexact,
    falsePositive: found.falseAlarms,
    falseNegative: missed,
    trueNegative,
    precision: share(found.detected + inexact, alarms),
    recall: share(found.detected + inexact, found.expected),
    differences: found.differences.slice(0, 50),
  }
}

/** `GET /demo/detection`. */
export const addDetectionRoute = (server: Server, dataDir: string, seen: Seen): void => {
  server.get(
    "/detection",
    {
      schema: {
        summary:
          "Precision and recall of the duplicates found, by the labels of the nations this ledger was fed with (center, auditor)",
        response: { 200: detectionSchema },
      },
    },
    async (request) => {
      requireCaller(request, "center", "auditor")
      const labels = await labelsOf(dataDir, seen.queries)
      if (labels === null) return unknown
      return answerOf(labels, await compareWithTruth(seen, labels.duplicates), await quietNearMisses(seen, labels))
    },
  )
}
