/** One JSON object per line. The line itself is the row's only cell; blank lines are no rows. */
import type { RawRow } from "./csv.js"
import { FileProblem } from "./problem.js"

export async function* ndjsonRows(
  text: AsyncIterable<string>,
  limits: { readonly row_characters_max: number },
): AsyncGenerator<readonly RawRow[]> {
  let rest = ""
  let row = 0
  const take = (lines: readonly string[]): RawRow[] =>
    lines.filter((line) => line.trim() !== "").map((line) => ({ row: ++row, cells: [line] }))
  for await (const piece of text) {
    const lines = (rest + piece).split(/\r?\n/)
    rest = lines.pop() ?? ""
    if (rest.length > limits.row_characters_max)
      throw new FileProblem({ code: "FILE_ROW_TOO_LONG", row: row + 1, limit: limits.row_characters_max })
    yield take(lines)
  }
  yield take([rest])
}
