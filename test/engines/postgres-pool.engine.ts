/** Lies here because `pg` cannot be loaded under the conditions of the unit tests (see vitest.config.ts beside this); needs no engine. */
import { once } from "node:events"
import { type AddressInfo, createServer, type Server, type Socket } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { openPool } from "@tongzhang/postgres/pool"

/** Answers as PostgreSQL does to a start without a password, and to `select 1`; after that it does what it is told. */
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const authenticated = Buffer.concat([Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), ready])
const emptyResult = Buffer.concat([Buffer.from([0x43, 0, 0, 0, 13]), Buffer.from("SELECT 0\0"), ready])

let server: Server
const sockets: Socket[] = []
const standIn = async (after: (socket: Socket) => void): Promise<string> => {
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on("error", () => {})
    socket.once("data", () => {
      socket.write(authenticated)
      socket.on("data", () => after(socket))
    })
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  return `postgres://t@127.0.0.1:${(server.address() as AddressInfo).port}/t`
}
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.close()
})

describe("connections to PostgreSQL", () => {
  it("that vanish without a word are given up, and the next statement gets another one", async () => {
    let statements = 0
    const connectionString = await standIn((socket) => {
      if (++statements > 1) socket.write(emptyResult)
    })
    const pool = openPool({ connectionString, connections_max: 1, silence_seconds_max: 0.2 })
    await expect(pool.query("select 1")).rejects.toThrow("PostgreSQL was silent for 0.2 s")
    await pool.query("select 1")
    expect(sockets).toHaveLength(2)
    await pool.end()
  })

  it("that never answer the greeting are given up, too", async () => {
    server = createServer((socket) => void sockets.push(socket)).listen(0, "127.0.0.1")
    await once(server, "listening")
    const connectionString = `postgres://t@127.0.0.1:${(server.address() as AddressInfo).port}/t`
    const pool = openPool({ connectionString, connections_max: 1, silence_seconds_max: 0.2 })
    await expect(pool.query("select 1")).rejects.toThrow("silent for 0.2 s")
    await pool.end()
  })

  it("that break while lent and between two statements do not end the process: the next statement fails", async () => {
    const causes: unknown[] = []
    const connectionString = await standIn((socket) => socket.write(emptyResult))
    const pool = openPool({ connectionString, connections_max: 1, onFailure: (cause) => causes.push(cause) })
    const client = await pool.connect()
    await client.query("begin")
    sockets[0]?.resetAndDestroy()
    await expect.poll(() => causes.length).toBeGreaterThan(0)
    await expect(client.query("select 1")).rejects.toThrow(/connection/i)
    client.release(true)
    await pool.query("select 1")
    await pool.end()
  })
})
