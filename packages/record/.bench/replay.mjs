import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { applyRecord } from "@tongzhang/record/replay"
import { newState } from "@tongzhang/record/person-state"
import { recordDigest } from "@tongzhang/record/digest"
import { personOf } from "@tongzhang/domain/stream-name"
const store = await openEmbeddedStore({ path: process.argv[2] })
const asText = (b) => b.toString("utf8")
const scan = async (each) => {
  let after = null, n = 0
  const t = performance.now()
  for (;;) {
    const page = await store.readAll({ after, max: 5000 })
    for (const e of page.events) each(e)
    n += page.events.length
    after = page.next
    if (page.atEnd) break
  }
  return n / ((performance.now() - t) / 1000)
}
for (let round = 0; round < 3; round++) {
  const raw = await scan(() => {})
  const parse = await scan((e) => { JSON.parse(asText(e.data)); JSON.parse(asText(e.metadata)) })
  globalThis.gc?.()
  const heap0 = process.memoryUsage().heapUsed
  const states = new Map()
  const fold = await scan((e) => {
    const p = personOf(e.stream)
    let s = states.get(p)
    if (s === undefined) { s = newState(p); states.set(p, s) }
    const o = applyRecord(s, e)
    if (o.kind !== "applied") { if (o.kind !== "line_needed") throw new Error(JSON.stringify(o)) }
  })
  globalThis.gc?.()
  const mb = (process.memoryUsage().heapUsed - heap0) / 1e6
  console.log({ raw: Math.round(raw), parse: Math.round(parse), fold: Math.round(fold), ratio: +(fold / parse).toFixed(2), us_over_raw: +((1/fold - 1/raw)*1e6).toFixed(2), MB_per_100k: +(mb / states.size * 1e5).toFixed(0) })
  if (round === 2) { const t = performance.now(); console.log(recordDigest(states.values()), "digest ms", performance.now() - t) }
}
await store.close()
