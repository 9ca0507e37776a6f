/** What the table and the tests beside the adapters have found: in our own services (mended), and in the libraries (worked around). */

const found: readonly (readonly [string, string, string])[] = [
  [
    "A connection to PostgreSQL that broke between two statements of a transaction ended the projector (`pg` raises an event on the lent client)",
    "every pool is opened by `packages/postgres`, which listens",
    "rows of PostgreSQL; `test/engines/postgres-pool.engine.ts`",
  ],
  [
    "A connection to PostgreSQL whose other end had vanished was waited for, for ever: transfer and projector stood still",
    "a connection silent for `DATABASE_SILENCE_SECONDS_MAX` is given up",
    "row “postgresql: every connection goes silent for ever”; `postgres-pool.engine.ts`",
  ],
  [
    "The server's side of that connection stayed in its transaction and held the checkpoint's lock: every later write of the projector waited behind it",
    "the server ends sessions that stand idle in a transaction for the same time",
    "the same row; `postgres-pool.engine.ts`",
  ],
  [
    "An engine away for more than 0.7 s parked everybody who had a fact just then among the dead letters (duplicates; transfer, when it was not the event store)",
    "`consume` has `waitsOut`: such a failure uses up no retry (`engineIsAway`)",
    "`packages/streams/src/delivery.test.ts`, contract case “waits out an engine”, `duplicates.test.ts`",
  ],
  [
    "A request that met an engine away was answered 500",
    "503 with `retry-after`",
    "`packages/service-kit/src/engine-away.test.ts`",
  ],
  [
    "A member of a Kafka group that was killed while it joined held its group up for up to a minute and a half (“gave no partitions within 90 s”)",
    "sessions of 10 s, rebalances of 15 s, goodbyes of a crashed consumer bounded",
    "`test/engines/kafka-rejoin.engine.ts` (58 s before, 19 s after)",
  ],
  [
    "One unreadable event in a `Transfer-` stream kept transfer from starting, and stopped the clocks of every application",
    "that application stands still and is named; all others go on",
    "`services/transfer/src/transfer.test.ts`",
  ],
  [
    "A parked person made duplicates unready as a whole; transfer had no alarm for its own, and neither a way to replay",
    "alarm without unreadiness, a log line, a counter, `GET /stopped`, `POST /stopped/replay`",
    "`packages/service-kit/src/stopped.test.ts`, `duplicates.test.ts`",
  ],
  [
    "Facts of feeds and policies that nobody can read were passed over in silence; a person set aside ten times was never tried again, not even by a new version",
    "logged and named by a check; every start of the projector tries everybody anew",
    "`services/projector/src/projector.test.ts`",
  ],
]

const adapters = "`packages/event-store/src/eventstoredb/faults.test.ts`"
const node = "`packages/testing/src/test-node/node.test.ts`"
const libraries: readonly (readonly [string, string, string])[] = [
  [
    "db-client 6.2.1: pending appends of all clients of a process share one map; an error on one call rejects the others', and the late answer throws a TypeError that ends the process",
    "calls of our own on the client's channel, the map belongs to the call",
    `${adapters}: “the library's own appends end the process …”, “ours do not know of each other”`,
  ],
  [
    "db-client: an append that is never answered, or whose call the server ends without an error, stays pending for ever",
    "our own timer; unknown outcomes are settled by reading",
    `${node}: “leave the client's promise pending for ever …”; rows “append: never answered”, “call ended without an answer”`,
  ],
  [
    "db-client: subscriptions end or fall silent and are never resumed",
    "supervised subscription with a probe of the log",
    `${adapters}: “a subscription the server spoils”; rows “subscription: …”`,
  ],
  [
    "db-client: a NotLeader without the leader's address makes it throw a TypeError",
    "taken as unavailable, discovered again",
    `${adapters}: “says that it does not lead and not who does”; rows “NotLeader without a leader”`,
  ],
  [
    "db-client: data that is no JSON comes back as a string in an event's type; bad metadata as bytes",
    "bytes are read as they are, an unreadable event is a value",
    `${adapters}: “is JSON to the server's tools when it is JSON, and the very bytes to us either way”; rows “Facts nobody can read”`,
  ],
  [
    "db-client: with `throwOnAppendFailure: false` a conflict reports revision 1 whatever the stream holds",
    "the wire's own answer is read",
    `${adapters}: “and claims a wrong version: the conflict carries the server's revision”`,
  ],
  [
    "kafkajs 2.2.4: when a leader moves while it tries again, a send resolves although the moved partitions' messages were never sent",
    "answers are counted, what has none is sent again under the same sequence numbers",
    "`test/engines/kafka-faults.engine.ts`: “does not call a message published whose leader moved …” (three nodes)",
  ],
  [
    "kafkajs: after a send that failed for good the producer's next one carries the same sequence number, and the broker drops it silently",
    "that producer is done with, a new one gets a new identity",
    "`kafka-faults.engine.ts`: kill and pause; rows “broker …”",
  ],
  [
    "kafkajs: a consumer restarts itself only after errors it deems retriable and is silent for ever after the others",
    "a supervised consumer: a crash makes a new one",
    "`kafka-faults.engine.ts`; rows “broker …”, “kafka: every connection goes silent for ever”",
  ],
  [
    "kafkajs: the admin client keeps to the leaders it knows for five minutes; heartbeats only between batches; two idempotent sends at once break the order",
    "asked again over a new connection; handlers run outside the fetch loop; one request under way",
    "`test/engines/kafka.engine.ts`, `kafka-faults.engine.ts`",
  ],
]

const table = (heads: string, rows: readonly (readonly string[])[]): string[] => [
  "<!-- prettier-ignore -->",
  heads,
  `|${"---|".repeat(heads.split("|").length - 2)}`,
  ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  "",
]

export const defects: readonly string[] = [
  "## Found by this table, and mended",
  "",
  ...table("| Found | Now | Shown by |", found),
  "## Defects of the Node clients",
  "",
  "Reproduced, and designed around (the adapters' opening comments say how).",
  "",
  ...table("| Defect | What the adapter does | Shown by |", libraries),
]
