/**
 * Whether the proof costs an append anything: the same appends with nobody following and with the proof log following, in turns. Twice:
 * as in production, with the store, the writer and the log in three processes; and as in the standalone ledger, all in one.
 */
import { fork } from "node:child_process"
import { once } from "node:events"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { eventIdOf } from "@tongzhang/contracts/codec"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import type { EventStore, NewEvent } from "@tongzhang/event-store/port"
import { runTestNode } from "../engines/processes.ts"
import { type Figure, median, percentile } from "./figures.ts"
import { followProof } from "./proof-follow.ts"
import { collectGarbage, type PartInput, seconds } from "./setting.ts"

/** As long as a contribution that came with a file. */
const eventOf = (stream: string, n: number): NewEvent => ({
  id: eventIdOf(`${stream}|${n}`),
  type: "ContributionRecorded@1",
  data: Buffer.from(
    `{"kind":"regular","line":"31110-0001603-${n}","from":"2026-01","to":"2026-01","base_fen":415500,"employer_fen":66480,"personal_fen":33240,"subsidy_fen":0,"pooled_fen":66480,"account_fen":33240,"paidOn":"2026-01-07"}`,
  ),
  metadata: Buffer.from(
    `{"actor":{"kind":"agency","id":"agency-31","province":"31"},"channel":"desk","purpose":"intake","commandId":"line:31:110:${n}:contribute","correlationId":"ccc17e5954c4164deb87","ruleVersion":"2026-10","period":{"from":"2026-01","to":"2026-01"}}`,
  ),
})

type Measured = { readonly times_ms: readonly number[]; readonly per_s: number }
const lanes = 32

/** `count` appends one after the other, each durable before the next; then as many again by 32 writers at once. */
const measure = async (store: EventStore, name: string, count: number): Promise<Measured> => {
  collectGarbage()
  const write = async (stream: string, n: number): Promise<void> => {
    const outcome = await store.append(stream as StreamName, n - 1, [eventOf(stream, n)])
    if (outcome.kind !== "appended") throw new Error(`${stream}: ${JSON.stringify(outcome)}`)
  }
  const times_ms: number[] = []
  for (let n = 0; n < count; n++) times_ms.push(1_000 * (await seconds(() => write(`Feed-31_${name}`, n))))
  const each = Math.ceil(count / lanes)
  const lane = async (at: number): Promise<void> => {
    for (let n = 0; n < each; n++) await write(`Feed-31_${name}.${at}`, n)
  }
  const spent = await seconds(() => Promise.all(Array.from({ length: lanes }, (_, at) => lane(at))))
  return { times_ms, per_s: (lanes * each) / spent }
}

/** Starts what follows; the answer stops it when everything is published. */
type Follow = (folder: string) => Promise<() => Promise<void>>
type Turn = { readonly off: Measured; readonly on: Measured }

const inTurns = async (store: EventStore, dir: string, { sizes }: PartInput, follow: Follow): Promise<Turn[]> => {
  await measure(store, "warm", Math.min(sizes.commands, 100))
  const turns: Turn[] = []
  for (let round = 0; round < Math.max(2, sizes.rounds); round++) {
    const found: { off?: Measured; on?: Measured } = {}
    for (const way of round % 2 === 0 ? (["off", "on"] as const) : (["on", "off"] as const)) {
      const stop = way === "on" ? await follow(join(dir, `log-${round}`)) : undefined
      found[way] = await measure(store, `${round}-${way}`, sizes.commands)
      await stop?.()
    }
    if (found.off !== undefined && found.on !== undefined) turns.push({ off: found.off, on: found.on })
  }
  return turns
}

const figuresOf = (name: string, where: string, turns: readonly Turn[]): Figure[] => {
  const all = (way: keyof Turn): number[] => turns.flatMap((turn) => [...turn[way].times_ms])
  const rate = (way: keyof Turn): number => median(turns.map((turn) => turn[way].per_s))
  const ratio = (of: (measured: Measured) => number): Pick<Figure, "ratio" | "spread"> => {
    const ratios = turns.map(({ on, off }) => of(on) / of(off))
    return { ratio: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] }
  }
  const latency = (label: string, share: number): Figure => ({
    name: `proof.append.${name}.${label}`,
    label: `Append while the log follows, ${where}, ${label}`,
    value: percentile(all("on"), share),
    unit: "ms",
    against: { label: "the same append with nobody following", value: percentile(all("off"), share), unit: "ms" },
    ...ratio(({ times_ms }) => percentile(times_ms, share)),
  })
  return [
    latency("p50", 0.5),
    latency("p99", 0.99),
    {
      name: `proof.append.${name}.rate`,
      label: `Appends by ${lanes} writers while the log follows, ${where}`,
      value: rate("on"),
      unit: "appends/s",
      against: { label: "the same with nobody following", value: rate("off"), unit: "appends/s" },
      ...ratio(({ per_s }) => per_s),
    },
  ]
}

/** The proof log as a process of its own, as audit runs it. */
const inProcess =
  (connectionString: string): Follow =>
  async (folder) => {
    const child = fork(new URL("./proof-process.ts", import.meta.url), [connectionString, folder])
    await once(child, "message")
    return async () => {
      child.send("stop")
      const [code] = (await once(child, "exit")) as [number | null]
      if (code !== 0) throw new Error(`the proof process ended with ${code}`)
    }
  }

export const appends = async (input: PartInput): Promise<Figure[]> => {
  const dir = join(input.dir, "proof-append")
  mkdirSync(dir, { recursive: true })
  const node = runTestNode(join(dir, "node"))
  const connectionString = await node.url
  const remote = await openEventStoreDb({ connectionString })
  const apart = await inTurns(remote, join(dir, "apart"), input, inProcess(connectionString))
  await remote.close()
  node.child.kill("SIGTERM")
  await node.ended
  input.say("appends with the log in a process of its own: done")
  const store = await openEmbeddedStore({ path: join(dir, "events") })
  const together = await inTurns(store, join(dir, "together"), input, async (folder) => {
    const proof = followProof(store, folder)
    await proof.follower.caughtUp()
    return async () => {
      await proof.follower.caughtUp()
      await proof.stop()
    }
  })
  await store.close()
  return [
    ...figuresOf("apart", "log, store and writer each a process", apart),
    ...figuresOf("together", "all in one process", together),
  ]
}
