import { truncateSync } from "node:fs"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { csv } from "./testing/bad-input-cases.js"
import { agencyActor, type Door, idOf, openDoor } from "./testing/door.js"

const content = csv(
  ...Array.from({ length: 30 }, (_, i) => i + 1).flatMap((serial) => [
    {
      业务类型: "参保登记",
      公民身份号码: idOf(serial),
      姓名: `人${serial}`,
      险种类型: "110",
      参保身份: "职工",
      单位编号: "E",
      开始年月: "2024-01",
    },
    {
      业务类型: "缴费",
      公民身份号码: idOf(serial),
      险种类型: "110",
      流水号: `L${serial}`,
      费款所属期: "2024-01",
      缴费基数: "1000",
      单位实缴: "160",
      个人实缴: "80",
      到账日期: "2024-02-01",
    },
    {
      业务类型: "缴费",
      公民身份号码: idOf(serial),
      险种类型: "110",
      流水号: `L${serial}`,
      费款所属期: "2024-01",
      缴费基数: "1000",
      单位实缴: "160",
      个人实缴: "80",
      到账日期: "2024-02-01",
    },
  ]),
)
const limits = { window_rows: 10 }

const summary = async (door: Door) => ({
  ids: (await door.ledger()).map(({ id }) => id).sort(),
  feed: (await door.ledger(["Feed-"])).map(({ event }) => event),
})

/** Stops the feed after `windows` windows, as a killed process would: no result, no settlement. */
const interruptedAfter = async (door: Door, windows: number): Promise<void> => {
  const stop = new AbortController()
  let seen = 0
  await door.intake.feedFile({
    path: door.write(content, "feed.csv"),
    province: "31",
    actor: agencyActor("31"),
    fileName: "feed.csv",
    signal: stop.signal,
    onProgress: () => {
      if (++seen === windows) stop.abort()
    },
  })
}

describe("a feed that was interrupted", () => {
  it.each([1, 3, 6])("after %i windows is continued at the start and ends as if nothing had happened", async (windows) => {
    const whole = await openDoor({ limits })
    await whole.feed(content)
    const expected = await summary(whole)
    await whole.close()

    const first = await openDoor({ limits })
    await interruptedAfter(first, windows)
    expect((await first.ledger(["Feed-"])).map(({ event }) => event.type)).toEqual(["FeedReceived"])
    await first.close({ keep: true })

    const second = await openDoor({ limits, folder: first.folder })
    const jobs = await second.intake.start()
    expect(jobs.length).toBe(1)
    for (const job of jobs) expect((await second.intake.jobs.wait(job.id))?.state).toBe("done")
    expect(await summary(second)).toEqual(expected)
    await second.close()
  })

  it("whose last notes were lost with the process counts its own rows as accepted all the same", async () => {
    const whole = await openDoor({ limits })
    await whole.feed(content)
    const expected = await summary(whole)
    await whole.close()

    const first = await openDoor({ limits })
    await interruptedAfter(first, 4)
    const [note] = await notesOf(first)
    const outcomes = join(first.folder, "intake", "feeds", note ?? "", "outcomes")
    // Two windows and half a line of the third are left: what came after is in the ledger, but not in the notes.
    const kept = readFileSync(outcomes, "utf8").split("\n").slice(0, 25).join("\n").length
    await first.close({ keep: true })
    truncateSync(outcomes, kept)

    const second = await openDoor({ limits, folder: first.folder })
    for (const job of await second.intake.start()) await second.intake.jobs.wait(job.id)
    expect(await summary(second)).toEqual(expected)
    await second.close()
  })

  it("sent again while it runs is the same feed", async () => {
    const door = await openDoor({ limits })
    const [a, b] = await Promise.all([door.feed(content), door.feed(content)])
    expect(a.feedId).toBe(b.feedId)
    expect((await door.ledger(["Feed-"])).map(({ event }) => event.type)).toEqual([
      "FeedReceived",
      "FeedSettled",
      "ReceiptIssued",
    ])
    expect((await door.ledger()).length).toBe(90)
    await door.close()
  })
})

const notesOf = async (door: Door): Promise<string[]> =>
  (await door.ledger(["Feed-"])).flatMap(({ stream, event }) =>
    event.type === "FeedReceived" ? [stream.split("_")[1] ?? ""] : [],
  )
