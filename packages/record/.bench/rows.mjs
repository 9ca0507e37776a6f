import { rmSync } from "node:fs"
import { openRecord } from "@tongzhang/record/database"
import { sql } from "kysely"
rmSync("/tmp/bench-pg2", { recursive: true, force: true })
const record = await openRecord({ kind: "pglite", path: "/tmp/bench-pg2" })
const st = `{"key":"${"a".repeat(32)}","events":51,"person":{"revision":0,"registered":true,"sex":"female","birthMonth":"1985-03","hukou":"34","nameIndex":"n11","sealed":"${"x".repeat(160)}","merged":[],"diedOn":null},"relations":{"31_110":{"revision":24,"status":"open","from":"2015-01","months":[755,4294967295,123],"account_fen":12345678,"pooled_fen":12345678,"bases_fen":1234567890,"spells":[{"from":24180,"to":null,"capacity":"employee","employer":"E123","temporary":false,"ended":null,"reason":null}],"capacity":"employee","employer":"E123","lastLine":{"line":"312016-12-0000123","from":"2016-12","to":"2016-12","base_fen":512300,"paidOn":"2016-12-15"}},"31_310":{"revision":24,"status":"open","from":"2015-01","months":[755,4294967295,123],"account_fen":12345678,"pooled_fen":12345678,"bases_fen":1234567890,"spells":[{"from":24180,"to":null,"capacity":"employee","employer":"E123","temporary":false,"ended":null,"reason":null}],"capacity":"employee","employer":"E123","lastLine":{"line":"312016-12-0000123","from":"2016-12","to":"2016-12","base_fen":512300,"paidOn":"2016-12-15"}}},"position":"000000000000000000123","recordedAt":1700000000000}`
console.log("state", st.length)
const small = `{"x":"${"y".repeat(250)}"}`
const run = async (name, table, type, state, per, index = "") => {
  await sql.raw(`drop table if exists ${table}; `).execute(record.db)
  await sql.raw(`create table ${table} (k text collate "C" primary key, a integer, b text, c text, state ${type}) with (fillfactor=70)`).execute(record.db)
  const json = type === "jsonb" ? "jsonb" : "json"
  const best = []
  for (let round = 0; round < 6; round++) {
    const t = performance.now()
    for (let i = 0; i < 5000; i += per) {
      const rows = []
      for (let j = 0; j < per; j++) rows.push(`{"k":"key${String((i + j) * 7919 % 5000).padStart(29, "0")}","a":${round},"b":"b","c":"c","state":${state}}`)
      await record.db.transaction().execute((trx) => sql`insert into ${sql.raw(table)} select k,a,b,c,state from ${sql.raw(json)}_to_recordset(${`[${rows.join(",")}]`}::${sql.raw(json)}) as r(k text, a integer, b text, c text, state ${sql.raw(type)}) on conflict (k) do update set a = excluded.a, b = excluded.b, c = excluded.c, state = excluded.state where excluded.a >= ${sql.raw(table)}.a`.execute(trx))
    }
    best.push(Math.round(5000 / ((performance.now() - t) / 1000)))
  }
  console.log(name, best.join(" "))
}
await run("json 250B", "t1", "json", small, 1000)
await run("json 1300B", "t2", "json", st, 1000)
await run("text 1300B", "t3", "text", st, 1000)
await run("jsonb 1300B", "t4", "jsonb", st, 1000)
await run("text 1300B 250/stmt", "t5", "text", st, 250)
await run("text 1300B 5000/stmt", "t6", "text", st, 5000)
await run("text 600B", "t7", "text", `{"x":"${"y".repeat(590)}"}`, 1000)
await record.close()
