/** Writes the nation's files and feeds them: the ledger that the other parts project, replay and measure. */
import { writeFeeds } from "@tongzhang/nation/feeds"
import { generateNation } from "@tongzhang/nation/nation"
import { feedsDir, ledgerDir, nationFiles, openDoor, type Part, seconds } from "./setting.ts"

export const fill: Part = async ({ sizes, dir, say }) => {
  const { persons, provinces, period } = sizes
  const nation = generateNation({ seed: 7, persons, ...(provinces === null ? {} : { provinces }) })
  await writeFeeds(nation, feedsDir(dir), { period })
  const door = await openDoor(ledgerDir(dir))
  let rows = 0
  const spent = await seconds(async () => {
    for (const { path, province } of nationFiles(dir)) rows += (await door.feed(path, province)).rows
  })
  await door.close()
  say(`${persons} persons, ${rows} rows in ${spent.toFixed(1)} s`)
  return [
    {
      name: "fill.rows_per_s",
      label: "The nation's files, all provinces",
      value: rows / spent,
      unit: "rows/s",
      note: `${persons} persons, ${rows} rows, ${nationFiles(dir).length} files one after the other, one run`,
    },
  ]
}
