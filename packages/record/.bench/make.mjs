import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { asNewEvents } from "@tongzhang/record/testing/facts"
import { encodeEvent, encodeMetadata, eventIdFor } from "@tongzhang/contracts/codec"
import { fromIndex, indexOf } from "@tongzhang/domain/month"
const [,, path, P, M] = process.argv
const persons = Number(P), months = Number(M)
const store = await openEmbeddedStore({ path })
const key = (n) => (BigInt(n) * 2654435761n % (1n<<64n)).toString(16).padStart(32, "a")
const rev = new Map()
const add = (stream, row, ...events) => {
  const meta = encodeMetadata({ actor: { kind: "agency", id: "agency31", province: "31" }, channel: "batch", purpose: "contribution feed", commandId: `F20240105-${row}`, correlationId: "F20240105", source: { feedId: "F20240105", row, fileHash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }, ruleVersion: "2024-07", keyId: "k1", period: { from: "2024-01", to: "2024-01" } })
  const r = rev.get(stream) ?? 0
  rev.set(stream, r + events.length)
  return store.append(stream, r - 1, events.map((e, i) => encodeEvent(eventIdFor(stream, `c${row}`, r + i), e, meta)))
}
let row = 0
const flush = async (list) => { await Promise.all(list) }
let pend = []
for (let n = 0; n < persons; n++) {
  const k = key(n), prov = ["31","44","34","32","33"][n % 5]
  pend.push(add(`Person-${k}`, row++, { type: "PersonRegistered", sex: n % 2 ? "male" : "female", birthMonth: "1985-03", hukou: "34", sealed: "x".repeat(160), nameIndex: `n${n % 5000}` }))
  for (const s of ["110", "310"]) pend.push(add(`Enrollment-${prov}_${s}_${k}`, row++, { type: "EnrollmentOpened", from: "2015-01", capacity: "employee", employer: `E${n % 300}`, temporary: false }))
  if (pend.length > 3000) { await flush(pend); pend = [] }
}
for (let m = 0; m < months; m++) {
  const month = fromIndex(indexOf("2015-01") + m)
  for (let n = 0; n < persons; n++) {
    const k = key(n), prov = ["31","44","34","32","33"][n % 5]
    const base = 500000 + (n % 1000) * 100
    for (const s of ["110", "310"]) {
      pend.push(add(`Enrollment-${prov}_${s}_${k}`, row++, { type: "ContributionRecorded", kind: "regular", line: `${prov}${month}-${String(n).padStart(7, "0")}`, from: month, to: month, base_fen: base, employer_fen: base * 16 / 100, personal_fen: base * 8 / 100, subsidy_fen: 0, pooled_fen: base * 16 / 100, account_fen: base * 8 / 100, paidOn: `${month}-15` }))
      if (n % 50 === 0 && m > 2 && m % 12 === 3) {
        const old = fromIndex(indexOf("2015-01") + m - 3)
        pend.push(add(`Enrollment-${prov}_${s}_${k}`, row++, { type: "ContributionCorrected", line: `C${prov}${month}-${n}`, corrects: `${prov}${old}-${String(n).padStart(7, "0")}`, reason: "base misreported", base_fen: base + 100, employer_fen: (base + 100) * 16 / 100, personal_fen: (base + 100) * 8 / 100, subsidy_fen: 0, pooled_fen: (base + 100) * 16 / 100, account_fen: (base + 100) * 8 / 100 }))
      }
    }
    if (pend.length > 3000) { await flush(pend); pend = [] }
  }
}
await flush(pend)
console.log("events", row)
await store.close()
