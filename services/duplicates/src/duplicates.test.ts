import { openAccessLog } from "@tongzhang/engines/access-log"
import { systemClock } from "@tongzhang/service-kit/clock"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Metadata } from "@tongzhang/contracts/envelope"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { topics } from "@tongzhang/contracts/fact-message"
import * as Benefit from "@tongzhang/domain/benefit"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { Decision } from "@tongzhang/domain/decider"
import * as Enrollment from "@tongzhang/domain/enrollment"
import { countedMonths } from "@tongzhang/domain/enrollment-ledger"
import type { DateText, LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import { month, monthMax, monthsBetween } from "@tongzhang/domain/month"
import { ranges, size } from "@tongzhang/domain/month-set"
import { fen } from "@tongzhang/domain/money"
import * as Overlap from "@tongzhang/domain/overlap"
import { decideOverlap } from "@tongzhang/domain/overlap-decision"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { type AggregateStore, openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { createLogger } from "@tongzhang/service-kit/logger"
import { openConsumerState } from "@tongzhang/streams/embedded/consumer-state"
import { openEmbeddedStreams } from "@tongzhang/streams/embedded/streams"
import type { Delivered, Streams } from "@tongzhang/streams/port"
import { createPump } from "@tongzhang/testing/pump"
import { isLeft } from "fp-ts/lib/Either.js"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createDuplicatesService, type DuplicatesService } from "./duplicates.js"

const person = "a".repeat(32) as PersonKey
const logger = createLogger({ service: "test", level: "silent" })

/** A ledger with the detector on it: `act` writes as an agency would, `settle` lets every fact be looked at. */
const openWorld = async (folder: string, received: (message: Delivered) => Delivered = (message) => message) => {
  const store: EventStore = await openEmbeddedStore({ path: join(folder, "events") })
  const log = await openEmbeddedStreams({ path: join(folder, "streams") })
  const streams: Streams = {
    ...log,
    consume: (options) => log.consume({ ...options, onBatch: (messages) => options.onBatch(messages.map(received)) }),
  }
  await streams.ensureTopic(topics.facts, 4)
  await streams.ensureTopic(topics.notices, 4)
  const state = openConsumerState({ path: join(folder, "state") })
  const aggregates: AggregateStore = openAggregateStore(store)
  const service: DuplicatesService = createDuplicatesService({
    aggregates,
    store,
    streams,
    state,
    random: () => 0.5,
    tick_ms: null,
    logAccess: openAccessLog(store).append,
    clock: systemClock,
    cases: { cases: async () => ({ cases: [], total: 0 }) },
    logger,
  })
  await service.start()
  const pump = createPump(store, streams)
  let commands = 0
  const act = async <S, E extends LedgerEvent, R>(
    aggregate: { initial: S; evolve: (state: S, event: E) => S },
    stream: StreamName,
    decide: (state: S) => Decision<R, E>,
  ): Promise<void> => {
    const commandId = `test:${commands++}`
    const metadata: Metadata = {
      actor: { kind: "agency", id: "t" },
      channel: "api",
      purpose: "test",
      commandId,
      correlationId: commandId,
    }
    const done = await aggregates.execute(aggregate, stream, decide, metadata)
    if (isLeft(done)) throw new Error(JSON.stringify(done.left))
  }
  return {
    aggregates,
    act,
    settle: async () => {
      for (let sent = 1; sent > 0;) {
        sent = await pump()
        await service.idle()
      }
    },
    cases: async (family: Overlap.OverlapFamily) =>
      (await aggregates.load(Overlap, Overlap.streamOf(person, family))).state.cases,
    events: async () => (await store.readAll({ after: null, max: 10_000 })).events.length,
    deadLetters: () => streams.deadLetters(topics.facts, "duplicates", 10),
    replay: () => streams.replayDeadLetters(topics.facts, "duplicates", person),
    check: () => service.checks.find(({ name }) => name === "duplicates stopped persons")?.check(),
    close: async () => {
      await service.stop()
      await streams.close()
      await state.close()
      await store.close()
    },
  }
}
type World = Awaited<ReturnType<typeof openWorld>>

const idOf = (province: ProvinceCode, scheme: SchemeCode): Enrollment.EnrollmentId => ({ province, scheme, person })

const open = (world: World, province: ProvinceCode, scheme: SchemeCode, from: string): Promise<void> => {
  const capacity = scheme === "170" ? "resident" : "employee"
  const employer = capacity === "employee" ? `E${province}` : null
  const command = { scheme, from: month(from), capacity, employer, temporary: false } as const
  return world.act(Enrollment, Enrollment.streamOf(idOf(province, scheme)), Enrollment.openEnrollment(command))
}

/** 5,000 yuan base, 16 % + 8 % a month; residents 1,200 yuan of their own and 120 yuan of subsidy for the whole range. */
const pay = (world: World, province: ProvinceCode, scheme: SchemeCode, line: string, from: string, to = from): Promise<void> => {
  const months = monthsBetween(month(from), month(to))
  const resident = {
    base_fen: fen(0),
    employer_fen: fen(0),
    personal_fen: fen(120_000),
    subsidy_fen: fen(12_000),
    pooled_fen: fen(0),
    account_fen: fen(132_000),
  }
  const employee = {
    base_fen: fen(500_000),
    employer_fen: fen(80_000 * months),
    personal_fen: fen(40_000 * months),
    subsidy_fen: fen(0),
    pooled_fen: fen(80_000 * months),
    account_fen: fen(40_000 * months),
  }
  const command = {
    line: line as LineId,
    kind: "regular",
    from: month(from),
    to: month(to),
    paidOn: "2024-12-31" as DateText,
  } as const
  const stream = Enrollment.streamOf(idOf(province, scheme))
  return world.act(Enrollment, stream, Enrollment.recordContribution({ ...command, ...(scheme === "170" ? resident : employee) }))
}

const decide = (world: World, family: Overlap.OverlapFamily, caseId: string, keep: string): Promise<void> =>
  world.act(
    Overlap,
    Overlap.streamOf(person, family),
    decideOverlap({ case: caseId, keep, reason: "agreed with the person", undoUntil: null }),
  )

describe("duplicate enrollment", () => {
  let folder: string
  let world: World
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "duplicates-"))
    world = await openWorld(folder)
  })
  afterEach(async () => {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ledgerOf = async (province: ProvinceCode, scheme: SchemeCode) =>
    (
      await world.aggregates.load(
        { initial: Enrollment.initial, evolve: Enrollment.evolve },
        Enrollment.streamOf(idOf(province, scheme)),
      )
    ).state.ledger

  const twoJobs = async (): Promise<void> => {
    await open(world, "44", "110", "2019-01")
    await pay(world, "44", "110", "A", "2019-01", "2020-03")
    await open(world, "32", "110", "2020-03")
    await pay(world, "32", "110", "B", "2020-03", "2021-02")
  }

  it("finds the one month both employers paid at a change of job (DUP-02), proposes, and waits", async () => {
    await twoJobs()
    await world.settle()
    const found = (await world.cases("pension")).get("32_110~44_110")
    expect(found).toMatchObject({ kind: "EMP-EMP", status: "open", notified: true, proposal: { recommended: "44_110" } })
    expect(ranges(found?.months ?? { base: 0, words: [] })).toEqual([{ from: "2020-03", to: "2020-03" }])
    expect(found?.proposal?.options.map((option) => option.refund_fen)).toEqual([40_000, 40_000])
    expect(size((await ledgerOf("32", "110")).months)).toBe(12)
  })

  it("says nothing of back-to-back jobs, of injury cover twice, or of pension and medical side by side", async () => {
    await open(world, "44", "110", "2019-01")
    await pay(world, "44", "110", "A", "2019-01", "2020-02")
    await open(world, "32", "110", "2020-03")
    await pay(world, "32", "110", "B", "2020-03", "2021-02")
    await open(world, "32", "310", "2020-03")
    await pay(world, "32", "310", "C", "2020-03", "2021-02")
    for (const province of ["31", "32"] as const) {
      await open(world, province, "410", "2020-03")
      await pay(world, province, "410", `D${province}`, "2020-03")
    }
    const before = await world.events()
    await world.settle()
    expect(await world.events()).toBe(before)
  })

  it("clears the dropped side after the decision: month gone, account share back, case cleared", async () => {
    await twoJobs()
    await world.settle()
    await decide(world, "pension", "32_110~44_110", "44_110")
    await world.settle()
    expect((await world.cases("pension")).get("32_110~44_110")).toMatchObject({ status: "cleared", keep: "44_110" })
    const dropped = await ledgerOf("32", "110")
    expect(size(dropped.months)).toBe(11)
    expect(dropped.account_fen).toBe(40_000 * 11)
    expect(size((await ledgerOf("44", "110")).months)).toBe(15)
  })

  it("refunds a resident's own payment by the month and leaves the subsidy (DUP-03)", async () => {
    await open(world, "41", "170", "2019-01")
    await pay(world, "41", "170", "R", "2019-01", "2019-12")
    await open(world, "44", "110", "2019-03")
    await pay(world, "44", "110", "E", "2019-03", "2019-10")
    await world.settle()
    expect((await world.cases("pension")).get("41_170~44_110")).toMatchObject({
      kind: "EMP-RES",
      proposal: { recommended: "44_110" },
    })
    await decide(world, "pension", "41_170~44_110", "44_110")
    await world.settle()
    const resident = await ledgerOf("41", "170")
    expect(size(resident.months)).toBe(4)
    expect(resident.account_fen).toBe(132_000 - 80_000)
  })

  it("dissolves a case when a payment is taken back, and reopens it when it comes again", async () => {
    await twoJobs()
    await world.settle()
    const stream = Enrollment.streamOf(idOf("44", "110"))
    await world.act(
      Enrollment,
      stream,
      Enrollment.reverseContribution({ line: "A-" as LineId, reverses: "A" as LineId, reason: "booked to the wrong person" }),
    )
    await world.settle()
    expect((await world.cases("pension")).get("32_110~44_110")?.status).toBe("dissolved")
    await pay(world, "44", "110", "A2", "2020-01", "2020-04")
    await world.settle()
    const again = (await world.cases("pension")).get("32_110~44_110")
    expect(again?.status).toBe("open")
    expect(size(again?.months ?? { base: 0, words: [] })).toBe(2)
  })

  it("refunds again when a cleared month is paid once more and decided once more", async () => {
    await twoJobs()
    await world.settle()
    await decide(world, "pension", "32_110~44_110", "44_110")
    await world.settle()
    await pay(world, "32", "110", "B2", "2020-03")
    await world.settle()
    expect((await world.cases("pension")).get("32_110~44_110")).toMatchObject({ status: "open", decisions: 1 })
    await decide(world, "pension", "32_110~44_110", "44_110")
    await world.settle()
    expect((await world.cases("pension")).get("32_110~44_110")).toMatchObject({ status: "cleared", decisions: 2 })
    expect((await ledgerOf("32", "110")).account_fen).toBe(40_000 * 11)
  })

  it("clears where the months now are when they have been transferred meanwhile (先转后清)", async () => {
    await twoJobs()
    await world.settle()
    const transferId = `${person}_t1` as TransferId
    const from = await ledgerOf("44", "110")
    const moved = {
      months: ranges(countedMonths(from)),
      account_fen: from.account_fen,
      pooled_fen: fen(900_000),
      bases_fen: from.bases_fen,
    }
    await world.act(
      Enrollment,
      Enrollment.streamOf(idOf("44", "110")),
      Enrollment.transferOut({ transferId, to: "32", ...moved }),
    )
    await world.settle()
    await decide(world, "pension", "32_110~44_110", "32_110")
    await world.settle()
    expect((await world.cases("pension")).get("32_110~44_110")?.status).toBe("decided")
    await world.act(
      Enrollment,
      Enrollment.streamOf(idOf("32", "110")),
      Enrollment.transferIn({ transferId, from: "44", ...moved }),
    )
    await world.settle()
    expect((await world.cases("pension")).get("32_110~44_110")?.status).toBe("cleared")
    const receiving = await ledgerOf("32", "110")
    expect(size(countedMonths(receiving))).toBe(26)
    expect(receiving.account_fen).toBe(40_000 * 27 - 40_000)
  })

  it("holds the second of two benefits under different schemes before it is paid, and releases it on dismissal", async () => {
    const claim = (scheme: SchemeCode, id: string, province: ProvinceCode, from: string): Promise<void> =>
      world.act(Benefit, Benefit.streamOf(person, scheme), Benefit.claimBenefit({ claim: id, province, from: month(from) }))
    await claim("110", "C1", "44", "2024-01")
    await claim("170", "C2", "41", "2024-06")
    await world.settle()
    const caseId = "41_170_C2~44_110_C1"
    expect((await world.cases("benefit")).get(caseId)).toMatchObject({ kind: "PENSION-RES", status: "open" })
    const second = async () => (await world.aggregates.load(Benefit, Benefit.streamOf(person, "170"))).state.claims.get("C2")
    expect((await second())?.held).toBe("SECOND_BENEFIT")
    await world.act(
      Overlap,
      Overlap.streamOf(person, "benefit"),
      Overlap.dismissOverlap({ case: caseId, reason: "first one ended" }),
    )
    await world.settle()
    expect((await second())?.held).toBeNull()
  })

  it("ends the dropped benefit and turns later payments into an overpayment", async () => {
    const stream = Benefit.streamOf(person, "170")
    const award = { basic_fen: fen(10_000), account_fen: fen(5_000), transitional_fen: fen(0), monthly_fen: fen(15_000) }
    await world.act(Benefit, stream, Benefit.claimBenefit({ claim: "R", province: "41", from: month("2024-01") }))
    await world.act(Benefit, stream, Benefit.awardBenefit({ claim: "R", from: month("2024-01"), reason: "age", ...award }))
    for (const paid of ["2024-01", "2024-02", "2024-03"])
      await world.act(Benefit, stream, Benefit.payBenefit({ claim: "R", month: month(paid), amount_fen: fen(15_000) }))
    await world.act(
      Benefit,
      Benefit.streamOf(person, "110"),
      Benefit.claimBenefit({ claim: "E", province: "44", from: month("2024-02") }),
    )
    await world.settle()
    await decide(world, "benefit", "41_170_R~44_110_E", "44_110_E")
    await world.settle()
    const dropped = (await world.aggregates.load(Benefit, stream)).state.claims.get("R")
    expect(dropped).toMatchObject({ status: "ended", to: "2024-01", overpaid_fen: 30_000 })
    const kept = (await world.aggregates.load(Benefit, Benefit.streamOf(person, "110"))).state.claims.get("E")
    expect(kept?.held).toBeNull()
  })

  it("goes on where a process ended that had opened a case and done nothing more about it", async () => {
    const months = [{ from: month("2020-03"), to: month("2020-03") }]
    const opened = { case: "32_110~44_110", kind: "EMP-EMP", sides: ["32_110", "44_110"], months } as const
    await twoJobs()
    await world.act(Overlap, Overlap.streamOf(person, "pension"), Overlap.detectOverlap(opened))
    await world.settle()
    expect((await world.cases("pension")).get(opened.case)).toMatchObject({
      status: "open",
      notified: true,
      proposal: { recommended: "44_110" },
    })
  })

  it("clears the case although the process ended between the refund and the word of it", async () => {
    await twoJobs()
    await world.settle()
    await decide(world, "pension", "32_110~44_110", "44_110")
    const months = [{ from: month("2020-03"), to: month("2020-03") }]
    const amounts = { refund_fen: fen(40_000), bases_fen: fen(500_000) }
    const refund = { overlapCase: "32_110~44_110", source: null, months, ...amounts, legal: "人社部发〔2009〕187号" }
    await world.act(Enrollment, Enrollment.streamOf(idOf("32", "110")), Enrollment.refundContribution(refund))
    await world.settle()
    expect((await world.cases("pension")).get("32_110~44_110")?.status).toBe("cleared")
    expect(size((await ledgerOf("32", "110")).months)).toBe(11)
    expect(await world.deadLetters()).toEqual([])
  })

  it("holds the second benefit although the process ended between opening the case and the hold", async () => {
    const stream = Benefit.streamOf(person, "170")
    const first = Benefit.claimBenefit({ claim: "C1", province: "44", from: month("2024-01") })
    const second = Benefit.claimBenefit({ claim: "C2", province: "41", from: month("2024-06") })
    const months = [{ from: month("2024-06"), to: monthMax }]
    const opened = { case: "41_170_C2~44_110_C1", kind: "PENSION-RES", sides: ["41_170_C2", "44_110_C1"], months } as const
    await world.act(Benefit, Benefit.streamOf(person, "110"), first)
    await world.act(Benefit, stream, second)
    await world.act(Overlap, Overlap.streamOf(person, "benefit"), Overlap.detectOverlap(opened))
    await world.settle()
    expect((await world.aggregates.load(Benefit, stream)).state.claims.get("C2")?.held).toBe("SECOND_BENEFIT")
  })

  it.each([
    [
      "of a type and version it does not know",
      (message: Delivered) => ({ ...message, headers: { ...message.headers, type: "EnrollmentOpened@99" } }),
    ],
    ["that is not JSON", (message: Delivered) => ({ ...message, value: Buffer.from('{"data":{{') })],
  ])("stops only the person with a fact %s, names the key, and goes on in order once it can be read", async (_what, spoil) => {
    let spoiled = true
    const isBad = ({ headers }: Delivered): boolean =>
      headers["stream"] === Enrollment.streamOf(idOf("32", "110")) && headers["revision"] === "0"
    await world.close()
    world = await openWorld(folder, (message) => (spoiled && isBad(message) ? spoil(message) : message))
    await twoJobs()
    const other = "b".repeat(32) as PersonKey
    const elsewhere = Enrollment.streamOf({ province: "32", scheme: "110", person: other })
    await world.act(
      Enrollment,
      elsewhere,
      Enrollment.openEnrollment({ scheme: "110", from: month("2020-01"), capacity: "employee", employer: "E", temporary: false }),
    )
    await world.settle()
    expect((await world.deadLetters())[0]).toMatchObject({ key: person, headers: { revision: "0" } })
    expect((await world.deadLetters()).every(({ key }) => key === person)).toBe(true)
    expect(await world.check()).toMatchObject({ ok: true, stuck_key: person })
    expect((await world.cases("pension")).size).toBe(0)

    spoiled = false
    expect(await world.replay()).toBeGreaterThan(1)
    await world.settle()
    expect(await world.deadLetters()).toEqual([])
    expect(await world.check()).toEqual({ ok: true, detail: "nobody stopped" })
    expect((await world.cases("pension")).get("32_110~44_110")?.status).toBe("open")
  })

  it("parks nobody while an engine is away, however many facts come meanwhile", async () => {
    let away = 12
    await world.close()
    world = await openWorld(folder, (message) => {
      if (away-- > 0) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })
      return message
    })
    await twoJobs()
    await world.settle()
    expect(away).toBeLessThan(0)
    expect(await world.deadLetters()).toEqual([])
    expect((await world.cases("pension")).get("32_110~44_110")?.status).toBe("open")
  }, 60_000)

  it("remembers over a restart and does not tell a case twice", async () => {
    await twoJobs()
    await world.settle()
    const before = await world.events()
    await world.close()
    world = await openWorld(folder)
    await world.settle()
    expect(await world.events()).toBe(before)
    await pay(world, "44", "110", "A9", "2020-04")
    await world.settle()
    expect(size((await world.cases("pension")).get("32_110~44_110")?.months ?? { base: 0, words: [] })).toBe(2)
    expect(await world.deadLetters()).toEqual([])
  })
})
