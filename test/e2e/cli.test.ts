/** The command line as a user meets it: a ledger started on an empty folder, the walk it prints, mistakes, Ctrl-C, and the next day. */
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fictionalId } from "@tongzhang/nation/ids"
import { mover, moverWithOverlap, rider } from "@tongzhang/nation/rider"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { root, temporaryFolder, tongzhang, tongzhangPath } from "./support.ts"
import { noTerminal, onTerminal } from "./terminal.ts"

type Started = {
  readonly child: ChildProcess
  readonly output: () => string
  readonly code: Promise<number | null>
  /** Resolves with the walk, the last thing printed: from then on the ledger is ready. Rejects when the process ends before. */
  readonly ready: Promise<void>
}

const folder = temporaryFolder("cli")
const dataDir = join(folder.path, "ledger")
const stranger = fictionalId(9_977, "19700101", 1, "male")
const live = join(dataDir, "incoming-live/33-all.csv")
const started: Started[] = []

const spawnStart = (...args: readonly string[]): Started => spawnStartOn(dataDir, ...args)

const spawnStartOn = (dataDir: string, ...args: readonly string[]): Started => {
  const command = [tongzhangPath, "--data", dataDir, "start", "--port", "0", "--persons", "60", ...args]
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  const code = new Promise<number | null>((resolve) => child.on("close", resolve))
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes("-- verify")) resolve()
      })
    void code.then((ended) => reject(new Error(`start ended with ${ended}\n${output}`)))
  })
  ready.catch(() => {})
  const one = { child, output: () => output, code, ready }
  started.push(one)
  return one
}

const user = (...args: readonly string[]) => tongzhang(dataDir, ...args)
const json = async <T>(...args: readonly string[]): Promise<T> => {
  const ran = await user(...args, "--json")
  expect(ran.code, ran.stderr).toBe(0)
  return JSON.parse(ran.stdout) as T
}
const wellDone = async (...args: readonly string[]): Promise<string> => {
  const ran = await user(...args)
  expect(ran.code, ran.stderr).toBe(0)
  return ran.stdout
}
/** Exit code 1, a line that says what is wrong, a line that says the way out, and no stack. */
const refusedWith = async (what: RegExp, ...args: readonly string[]): Promise<void> => {
  const ran = await user(...args)
  expect(ran.code, `${ran.stdout}${ran.stderr}`).toBe(1)
  expect(ran.stderr).toMatch(what)
  expect(ran.stderr).toMatch(/^✗ .+\n {2}\S/m)
  expect(ran.stderr).not.toMatch(/^\s+at /m)
}

type Fed = {
  readonly result: {
    readonly rows: number
    readonly accepted: number
    readonly unchanged: number
    readonly events: number
    readonly receiptNo: string | null
  }
}
type Recorded = {
  readonly record: {
    readonly relations: readonly { readonly province: string; readonly scheme: string }[]
    readonly asOf: { readonly events: number }
  }
}
type Queue = { readonly total: number; readonly cases: readonly { readonly case: string }[] }
type Transfer = {
  readonly state: string
  readonly legs: readonly { readonly escalated: boolean; readonly from: { readonly code: string } }[]
}

let ledger: Started
beforeAll(async () => {
  ledger = spawnStart()
  await ledger.ready
}, 180_000)
afterAll(async () => {
  for (const { child, code } of started) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL")
    await code
  }
  folder.remove()
})

describe.sequential("a first walk", () => {
  it("is printed with the address, and every line of it can be typed", () => {
    expect(ledger.output()).toContain("64 persons")
    expect(ledger.output()).toMatch(/http:\/\/127\.0\.0\.1:\d+\/national\/docs/)
    expect(ledger.output()).toContain(live)
    expect(existsSync(live)).toBe(true)
  })

  it("record: the rider in the provinces where he worked, his number not in full", async () => {
    const { record } = await json<Recorded>("record", rider.citizenId)
    expect(record.relations.map(({ province, scheme }) => `${province}_${scheme}`)).toEqual(
      expect.arrayContaining(["41_110", "44_110"]),
    )
    const drawn = await wellDone("record", rider.citizenId)
    expect(drawn).toContain("广东(44)")
    expect(drawn).not.toContain(rider.citizenId)
    expect(await wellDone("record", rider.citizenId, "--reveal")).toContain(rider.citizenId)
  })

  it("explain: a number with its article and events; verify-explanation derives it again, and finds a change", async () => {
    const file = join(folder.path, "why.json")
    const tree = await wellDone("explain", rider.citizenId, "months", "--lang", "en", "--save", file)
    expect(tree).toMatch(/families\.pension\.months_total = \d+ months/)
    expect(tree).toMatch(/社会保险法 Art 19/)
    expect(tree).toMatch(/← event [0-9a-f-]{36}/)
    expect(await wellDone("verify-explanation", file)).toMatch(/✓ \d+ answers, \d+ steps/)
    writeFileSync(file, readFileSync(file, "utf8").replace(/"value": 54\b/, '"value": 55'))
    const checked = await tongzhang(dataDir, "verify-explanation", file)
    expect([checked.code, checked.stdout]).toEqual([1, expect.stringContaining("stated 55, derived 54")])
    expect(await wellDone("explain", mover.who.citizenId, "transfer:31", "--lang", "zh")).toMatch(
      /个人账户转移额[^]*统筹基金转移额[^]*待遇领取地/,
    )
  })
  it("feed --dry-run judges every row and writes nothing", async () => {
    const before = (await json<Recorded>("record", rider.citizenId)).record.asOf.events
    const { result } = await json<Fed>("feed", live, "--province", "33", "--dry-run")
    expect(result).toMatchObject({ rows: 19, accepted: 19, receiptNo: null })
    expect((await json<Recorded>("record", rider.citizenId)).record.asOf.events).toBe(before)
    expect(await wellDone("overlaps", "--kind", "EMP-EMP", "--json")).not.toContain("33_110~44_110")
  })

  it("feed writes the rows and gives a receipt; the same file again adds nothing", async () => {
    const result = join(folder.path, "result.csv")
    expect(await wellDone("feed", live, "--province", "33", "--result", result)).toContain("R33")
    expect(readFileSync(result, "utf8").trim().split("\n")).toHaveLength(20)
    const again = await json<Fed>("feed", live, "--province", "33")
    expect(again.result).toMatchObject({ rows: 19, accepted: 0, unchanged: 19, events: 0 })
  })

  it("overlaps: his second job is noticed", async () => {
    await expect
      .poll(async () => (await json<Queue>("overlaps", "--kind", "EMP-EMP", "--status", "open")).cases.map((one) => one.case), {
        timeout: 30_000,
      })
      .toContain("33_110~44_110")
  })

  it("transfer --to: three provinces, one application; without --to how it stands", async () => {
    const id = mover.who.citizenId
    expect(await wellDone("transfer", id, "--to", mover.to)).toContain("N 到 1 → 广东(44)")
    const { legs } = await json<Transfer>("transfer", id)
    expect(legs.map((leg) => leg.from.code).sort()).toEqual(mover.legs.map((leg) => leg.from).sort())
  })

  it("clock --ahead lets deadlines pass: the silent provinces are escalated", async () => {
    const now = async () => Date.parse((await wellDone("clock")).split(" ")[0] ?? "")
    const before = await now()
    await wellDone("clock", "--ahead", "60")
    expect((await now()) - before).toBeGreaterThanOrEqual(60 * 86_400_000)
    await expect
      .poll(async () => (await json<Transfer>("transfer", mover.who.citizenId)).legs.map((leg) => leg.escalated), {
        timeout: 30_000,
      })
      .toEqual([true, true, true])
  })

  it("replay: every event of the rider, the second job among them", async () => {
    const steps = await json<readonly { readonly event: { readonly stream: string; readonly type: string } }[]>(
      "replay",
      rider.citizenId,
    )
    const { record } = await json<Recorded>("record", rider.citizenId)
    expect(steps).toHaveLength(record.asOf.events)
    expect(steps.filter(({ event }) => event.stream.startsWith("Enrollment-33_110")).length).toBe(19)
    expect(await wellDone("replay", rider.citizenId)).toContain(`${steps.length} events`)
  })

  it("replay --step without a terminal says so and lists; --lang en has no Chinese in its words", async () => {
    const { code, stdout, stderr } = await user("replay", rider.citizenId, "--step", "--lang", "en", "--from", "2", "--to", "3")
    expect(code).toBe(0)
    expect(stderr).toContain("no terminal here")
    expect(stdout).toMatch(/^ {3}2 {2}.+\n.+\n {6}when: .+\+08:00\n {6}who: .+\n {6}why: .+\n {6}rule: .+\n/u)
    expect(stdout).toContain("\n2 events\n")
  })

  it.skipIf(noTerminal() !== null)(
    "replay --step on a terminal: play, pause, step, back, ends, scrub to a step and a day, quit",
    async () => {
      const terminal = onTerminal(
        [process.execPath, tongzhangPath, "--data", dataDir, "replay", rider.citizenId, "--step", "--lang", "en"],
        root,
      )
      const first = await terminal.shows(/ 1\/(\d+)[^]*quit/u)
      const last = Number(/ 1\/(\d+)/u.exec(first)?.[1])
      expect(first).toMatch(/when: .*who: .*why: .*rule: /su)
      terminal.press("p")
      await terminal.shows(/ 3\/\d+ ▶/u)
      terminal.press("p")
      const paused = await terminal.shows(/ (\d+)\/\d+\r?\n/u)
      const at = Number(/ (\d+)\/\d+\r?\n/u.exec(paused)?.[1])
      terminal.press("\u001b[C")
      await terminal.shows(new RegExp(` ${at + 1}/${last}\\s`, "u"))
      terminal.press("b")
      await terminal.shows(new RegExp(` ${at}/${last}\\s`, "u"))
      terminal.press("G")
      await terminal.shows(new RegExp(` ${last}/${last}\\s`, "u"))
      terminal.press(":5\r")
      await terminal.shows(new RegExp(` 5/${last}\\s`, "u"))
      terminal.press(":1999-12\r")
      await terminal.shows(new RegExp(` 1/${last}\\s`, "u"))
      terminal.press("q")
      expect(await terminal.code).toBe(0)
    },
  )

  it("verify: the record is what the facts say", async () => {
    expect(await wellDone("verify")).toContain("✓")
    expect(await json<{ ok: boolean }>("verify")).toMatchObject({ ok: true, mismatches: [] })
  })

  it("token: lets its bearer in", async () => {
    const token = (await wellDone("token", "auditor")).trim()
    const url = (JSON.parse(readFileSync(join(dataDir, "tokens.json"), "utf8")) as { url: string }).url
    const response = await fetch(`${url}/duplicates/cases?limit=1`, {
      headers: { authorization: `Bearer ${token}`, "x-purpose": "audit" },
    })
    expect(response.status).not.toBe(401)
  })
})

describe.sequential("a mistake is answered with exit code 1 and the way out", () => {
  it("no ledger has been started there", async () => {
    const ran = await tongzhang(join(folder.path, "nowhere"), "record", rider.citizenId)
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("npm start") })
  })
  it("a person nobody knows", () => refusedWith(/no such person/, "record", stranger))
  it("a number that is no ID number", () => refusedWith(/citizenId|ID_/i, "record", "12345"))
  it("a question nobody can be asked", () => refusedWith(/QUESTION_UNKNOWN/, "explain", rider.citizenId, "wages"))
  it("a file that is no explanation", () => refusedWith(/no explanation/, "verify-explanation", "package.json"))
  it("a file that is not there", () => refusedWith(/no file/, "feed", "/nowhere.csv", "--province", "33"))
  it("a province that does not exist", () => refusedWith(/99/, "feed", live, "--province", "99"))
  it("a file without a readable header", async () => {
    const path = join(folder.path, "nonsense.csv")
    writeFileSync(path, "hello\nworld\n")
    await refusedWith(/[A-Z]+_/, "feed", path, "--province", "33")
  })
  it("a receiving province that does not exist", () =>
    refusedWith(/to/, "transfer", moverWithOverlap.who.citizenId, "--to", "99"))
  it("a transfer that runs already", () => refusedWith(/TRANSFER_ALREADY_RUNNING/, "transfer", mover.who.citizenId, "--to", "31"))
  it("a person without a transfer", () => refusedWith(/no transfer/, "transfer", rider.citizenId))
  it("a caller who does not exist", () => refusedWith(/CALLER_UNKNOWN/, "token", "emperor"))
  it("a clock set back", () => refusedWith(/days/, "clock", "--ahead", "-1"))
  it("a command that does not exist", async () => {
    expect((await user("recrod")).code).toBe(1)
  })
  it("a second ledger on the same folder", async () => {
    const second = spawnStart()
    expect(await second.code).toBe(1)
    expect(second.output()).toMatch(/is in use/)
    expect(second.output()).toContain("--data")
  })
})

describe.sequential("the end of the day", () => {
  const stop = async ({ child, code }: Started): Promise<number | null> => {
    child.kill("SIGINT")
    return code
  }

  it("Ctrl-C ends it with code 0; commands then say that nobody answers", { timeout: 60_000 }, async () => {
    expect(await stop(ledger), ledger.output()).toBe(0)
    await refusedWith(/no ledger answers/, "record", rider.citizenId)
  })

  it("started again it knows what it knew and makes no second nation", async () => {
    ledger = spawnStart("--persons", "5000")
    await ledger.ready
    expect(ledger.output()).toContain("64 persons")
    const { record } = await json<Recorded>("record", rider.citizenId)
    expect(record.relations.map(({ province }) => province)).toContain("33")
    expect((await json<Transfer>("transfer", mover.who.citizenId)).legs).toHaveLength(3)
    expect(await stop(ledger), ledger.output()).toBe(0)
  })
  it("Ctrl-C in the middle of the first files ends it with code 0 too, and the next start sends the rest", async () => {
    const other = join(folder.path, "broken-off")
    const first = spawnStartOn(other)
    await expect.poll(first.output, { timeout: 120_000, interval: 20 }).toMatch(/feeding rows \d+ %/)
    expect(await stop(first), first.output()).toBe(0)
    expect(first.output()).not.toContain("is running")
    const second = spawnStartOn(other)
    await second.ready
    expect(second.output()).toContain("64 persons")
    expect(await stop(second), second.output()).toBe(0)
  })
})
