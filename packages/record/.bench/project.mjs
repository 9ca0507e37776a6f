import { rmSync } from "node:fs"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { openRecord } from "@tongzhang/record/database"
import { createQueries } from "@tongzhang/record/queries"
import { createProjector } from "../../../services/projector/dist/projector.js"
import { sql } from "kysely"
import { pino } from "pino"
const [,, path, batch] = process.argv
const store = await openEmbeddedStore({ path })
rmSync("/tmp/bench-pg", { recursive: true, force: true })
const record = await openRecord({ kind: "pglite", path: "/tmp/bench-pg" })
const clock = { now: Date.now, sleep: (ms, s) => new Promise((r) => { const t = setTimeout(r, ms); s?.addEventListener("abort", () => { clearTimeout(t); r() }) }) }
const writes = []
const projector = createProjector({ store, record, clock, logger: pino({ level: "warn" }), random: Math.random, limits: {}, beforeWrite: () => writes.push(performance.now()) })
let t = performance.now()
const c0 = process.cpuUsage()
projector.start()
await projector.caughtUp()
let s = (performance.now() - t) / 1000
const q = createQueries(record)
const totals = await q.totals()
console.log("projection events/s", Math.round(totals.events / s), "writes", writes.length, "seconds", s.toFixed(1), "cpu", ((process.cpuUsage(c0).user) / 1e6).toFixed(1), totals)
t = performance.now()
console.log(await q.digest(), "digest s", ((performance.now() - t) / 1000).toFixed(2))
const keys = await q.personKeys("", 500)
for (const mode of ["cold", "warm"]) {
  const ts = []
  for (const k of keys) { const a = performance.now(); await q.recordOf(k); ts.push(performance.now() - a) }
  ts.sort((a, b) => a - b)
  console.log("recordOf", mode, "p50", ts[250].toFixed(3), "p99", ts[495].toFixed(3))
}
const sizes = await sql`select avg(length(state::text)) a, max(length(state::text)) m, pg_total_relation_size('person_record') p, pg_total_relation_size('relation') r from person_record`.execute(record.db)
console.log(sizes.rows, "rss", Math.round(process.memoryUsage().rss / 1e6))
await projector.stop()
// raw upserts: as many rows as events, 300 B, 1000 per statement
await sql`create table raw (k text primary key, a integer, b text, c text, state json) with (fillfactor=70)`.execute(record.db)
const N = Math.min(totals.events, 200000)
const pad = "y".repeat(250)
t = performance.now()
for (let i = 0; i < N; i += 1000) {
  const rows = []
  for (let j = 0; j < 1000; j++) rows.push(`{"k":"k${(i + j) % 20000}","a":${i},"b":"b","c":"c","state":{"x":"${pad}"}}`)
  await record.db.transaction().execute((trx) => sql`insert into raw select k,a,b,c,state from json_to_recordset(${`[${rows.join(",")}]`}::json) as r(k text, a integer, b text, c text, state json) on conflict (k) do update set a = excluded.a, b = excluded.b, c = excluded.c, state = excluded.state where excluded.a >= raw.a`.execute(trx))
}
s = (performance.now() - t) / 1000
console.log("raw upserts/s", Math.round(N / s))
await record.close(); await store.close()
