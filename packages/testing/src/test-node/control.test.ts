import type { StreamName } from "@tongzhang/domain/stream-name"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import { afterEach, describe, expect, it } from "vitest"
import { type Control, openControl, readOrder, writeOrder } from "./control.js"
import { type FaultOrder, faultKinds } from "./faults.js"
import { startTestNode, type TestNode } from "./node.js"

let node: TestNode
let control: Control
afterEach(async () => {
  await control.close()
  await node.stop()
})
const call = async (method: string, path: string, body?: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(new URL(path, control.url), { method, ...(body === undefined ? {} : { body }) })
  return { status: response.status, body: await response.json() }
}
const event = { id: "00000000-0000-4000-8000-000000000001", type: "T", data: Buffer.from("{}"), metadata: Buffer.from("{}") }

describe("the hooks of a test node in another process", () => {
  it("orders a fault, which strikes the real client, and says so", async () => {
    node = await startTestNode()
    control = await openControl(node)
    const store = await openEventStoreDb({ connectionString: node.connectionString })
    const order: FaultOrder = { method: "batchAppend", fault: { kind: "wrong_version", current: 41n } }
    expect((await call("POST", "/faults", writeOrder(order))).status).toBe(200)
    const stream = "Person-1" as StreamName
    expect(await store.append(stream, -1, [event])).toEqual({ kind: "conflict", actual: 41 })
    expect((await store.append(stream, -1, [event])).kind).toBe("appended")
    expect((await call("GET", "/faults")).body).toEqual([{ method: "batchAppend", kind: "wrong_version" }])
    await store.close()
  })

  it("dies and comes back on the same port with what it held", async () => {
    node = await startTestNode()
    control = await openControl(node)
    const store = await openEventStoreDb({ connectionString: node.connectionString })
    const stream = "Person-1" as StreamName
    await store.append(stream, -1, [event])
    await call("POST", "/die")
    const reading = store.readStream(stream, { direction: "forwards", max: 10 })
    await call("POST", "/restart")
    expect((await reading).map(({ id }) => id)).toEqual([event.id])
    await store.close()
  })

  it("forgets what stands, and refuses what is no hook", async () => {
    node = await startTestNode()
    control = await openControl(node)
    await call("POST", "/faults", writeOrder({ method: "read", times: Infinity, fault: { kind: "never_answer" } }))
    await call("DELETE", "/faults")
    expect(node.faults.next("read")).toBeNull()
    const refused = await call("POST", "/faults", JSON.stringify({ method: "read", fault: { kind: "explode" } }))
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining(faultKinds.join(", ")) as string } })
    expect((await call("POST", "/faults", '{"method":"dance","fault":{"kind":"die"}}')).status).toBe(400)
    expect((await call("GET", "/nowhere")).status).toBe(400)
  })
})

it("an order survives being written down", async () => {
  const orders: readonly FaultOrder[] = [
    { method: "read", nth: 3, times: Infinity, fault: { kind: "drop", afterEvents: 2 } },
    { method: "batchAppend", times: 2, fault: { kind: "wrong_version", current: 9_007_199_254_740_993n } },
    { method: "batchAppend", fault: { kind: "wrong_version", current: null } },
    { method: "subscribe", fault: { kind: "not_leader", leader: { address: "127.0.0.1", port: 1 } } },
  ]
  for (const order of orders) expect(readOrder(writeOrder(order))).toEqual(order)
  node = await startTestNode()
  control = await openControl(node)
})
