/** `kill -9` of every process at seeded random moments, and processes that stand still. */
import { setTimeout as sleep } from "node:timers/promises"
import { type ServiceName, services } from "../processes.js"
import { type Row, someMoment } from "./row.js"

const restartAnswer: Readonly<Record<ServiceName, string>> = {
  intake: "the feed in work is continued at the start, row by row against the ledger",
  projector: "folds on from the checkpoint that was committed with the states",
  relay: "sends again from its checkpoint; the next owner fences the dead one",
  transfer: "the list of cases is read from the ledger, every step is looked at again",
  duplicates: "facts behind the last commit come again; revisions already seen are passed over",
  national: "keeps nothing",
  audit: "keeps nothing",
}
const moments = [1, 2, 3] as const

const killed = (name: ServiceName, moment: number): Row => ({
  theme: "processes",
  name: `${name} is killed (SIGKILL), moment ${moment}`,
  kind: `kill ${name}`,
  where: `process of ${name}`,
  answer: restartAnswer[name],
  during: async ({ kept }, dice) => {
    await someMoment(dice, 3_000)
    await kept.kill(name)
  },
})
const killedTwice = (name: ServiceName): Row => ({
  theme: "processes",
  name: `${name} is killed (SIGKILL), and again while it starts`,
  kind: `kill ${name} twice`,
  where: `process of ${name}`,
  answer: restartAnswer[name],
  during: async ({ kept }, dice) => {
    await someMoment(dice)
    await kept.kill(name)
    await sleep(700 + dice(1_500))
    await kept.kill(name)
  },
})
const stood = (name: ServiceName, seconds: number): Row => ({
  theme: "processes",
  name: `${name} stands still for ${seconds} s (SIGSTOP)`,
  kind: "service pause",
  where: `process of ${name}`,
  answer: "goes on where it was; connections that died meanwhile are made again",
  during: async ({ kept }, dice) => {
    await someMoment(dice)
    kept.signal(name, "SIGSTOP")
    await sleep(seconds * 1_000)
    kept.signal(name, "SIGCONT")
  },
})

const eventStore: readonly Row[] = [
  {
    theme: "event store",
    name: "the node is killed (SIGKILL) and comes back after 2 s",
    kind: "event store kill",
    where: "test node, its process",
    answer: "appends in flight are unknown and settled by reading; subscriptions resume behind the last event handled",
    during: async ({ node }, dice) => {
      await someMoment(dice)
      await node.kill(2_000)
    },
  },
  {
    theme: "event store",
    name: "the node stands still for 8 s (SIGSTOP)",
    kind: "event store pause",
    where: "test node, its process",
    answer: "appends run into our timer and are settled by reading, reads are made again",
    during: async ({ node }, dice) => {
      await someMoment(dice)
      node.signal("SIGSTOP")
      await sleep(8_000)
      node.signal("SIGCONT")
    },
  },
]

export const processRows: readonly Row[] = [
  ...services.flatMap((name) => moments.map((moment) => killed(name, moment))),
  ...(["relay", "projector", "transfer", "duplicates"] as const).map(killedTwice),
  ...(["relay", "duplicates"] as const).map((name) => stood(name, 12)),
  ...eventStore,
]
