/**
 * Facts that nobody can read, written to the ledger by hand about somebody who is in no chapter: that person is stopped and named,
 * everybody else goes on, also after the services that follow the facts have been started again.
 */
import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { NewEvent } from "@tongzhang/event-store/port"
import type { ServiceName } from "../processes.js"
import type { Row } from "./row.js"
import type { World } from "./world.js"

type Bad = {
  readonly name: string
  readonly kind: string
  readonly stream: (person: PersonKey) => StreamName
  readonly event: Omit<NewEvent, "id">
  /** Services that must name the person, and by which check. */
  readonly named: Readonly<Partial<Record<ServiceName, string>>>
  readonly answer: string
}

const enrollment = (person: PersonKey): StreamName => `Enrollment-31_110_${person}` as StreamName
const transfer = (person: PersonKey): StreamName => `Transfer-${person}_0123456789abcdef` as StreamName
const feed = (person: PersonKey): StreamName => `Feed-31_${person.slice(0, 16)}` as StreamName
const json = Buffer.from("{}")
const personStops =
  "projector sets the person aside and tries again; duplicates parks the person's facts; relay copies bytes and reads none"

const bads: readonly Bad[] = [
  {
    name: "type and version that no service knows",
    kind: "unreadable type",
    stream: enrollment,
    event: { type: "EnrollmentImagined@7", data: json, metadata: json },
    named: { projector: "projector quarantine", duplicates: "duplicates stopped persons" },
    answer: personStops,
  },
  {
    name: "data that is no JSON",
    kind: "unreadable data",
    stream: enrollment,
    event: { type: "EnrollmentOpened@2", data: Buffer.from('{"from":{{'), metadata: json },
    named: { projector: "projector quarantine", duplicates: "duplicates stopped persons" },
    answer: personStops,
  },
  {
    name: "unknown event in an application for transfer",
    kind: "unreadable transfer",
    stream: transfer,
    event: { type: "LegImagined@7", data: json, metadata: json },
    named: { projector: "projector quarantine", transfer: "transfer stopped persons" },
    answer: "transfer parks the person's facts and starts again without the application; projector sets the person aside",
  },
  {
    name: "unknown event in a feed's own stream",
    kind: "unreadable feed",
    stream: feed,
    event: { type: "FeedImagined@7", data: json, metadata: json },
    named: { projector: "projector side facts" },
    answer: "projector passes it over, logs and names the stream; nobody is stopped",
  },
]

type Check = { readonly name: string; readonly ok: boolean; readonly stuck_key?: string }
const checkOf = async ({ kept }: World, service: ServiceName, name: string): Promise<Check | undefined> => {
  const response = await fetch(new URL("/ready", await kept.base(service)))
  return ((await response.json()) as { readonly checks: readonly Check[] }).checks.find((check) => check.name === name)
}

const patience_ms = 30_000
/** The alarm stands, the service is ready all the same, and the metric that Prometheus watches is 1. */
const untilNamed = async (world: World, service: ServiceName, name: string): Promise<void> => {
  for (const giveUpAt = Date.now() + patience_ms; ; await sleep(200)) {
    const check = await checkOf(world, service, name).catch(() => undefined)
    if (check?.ok === true && check.stuck_key !== undefined) break
    if (Date.now() > giveUpAt) throw new Error(`${service} does not name who is stopped: ${JSON.stringify(check)}`)
  }
  const metrics = await (await fetch(new URL("/metrics", await world.kept.base(service)))).text()
  if (!metrics.includes(`tongzhang_stuck{check="${name}"} 1`)) throw new Error(`${service}: no alarm in /metrics for ${name}`)
}

const rowOf = ({ name, kind, stream, event, named, answer }: Bad): Row => ({
  theme: "unreadable",
  name,
  kind,
  where: "ledger, an event appended by hand about somebody else",
  answer,
  guarantee: "that person stopped and named by alarm, log and metric; everybody else: digest equal, nothing lost, nothing twice",
  before: async (world) => {
    const bystander = randomUUID().replaceAll("-", "") as PersonKey
    const outcome = await world.store.append(stream(bystander), -1, [{ ...event, id: randomUUID() }])
    if (outcome.kind !== "appended") throw new Error(JSON.stringify(outcome))
  },
  during: async (world) => {
    const services = Object.entries(named) as [ServiceName, string][]
    for (const [service, check] of services) await untilNamed(world, service, check)
    // A service that reads the ledger when it starts must not fall over what it cannot read.
    for (const [service] of services) if (service !== "projector") await world.kept.kill(service)
  },
})

export const unreadableRows: readonly Row[] = bads.map(rowOf)
