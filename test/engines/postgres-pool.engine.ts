/** Lies here because `pg` cannot be loaded under the conditions of the unit tests (see vitest.config.ts beside this); only the last one needs a server. */
import { once } from "node:events"
import { type AddressInfo, createServer, type Server, type Socket } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { openTcpProxy } from "@tongzhang/testing/tcp-proxy"
import { against, postgres } from "./engines.js"
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

against("locks of a session that has vanished", await postgres(), (url) => {
  it("are given back by the server, so that whoever comes after does not wait for ever", async () => {
    const server = new URL(url)
    const proxy = await openTcpProxy({ port: Number(server.port) })
    const proxied = new URL(url)
    proxied.port = String(proxy.port)
    const table = `locks_${process.pid}`
    const lost = openPool({ connectionString: proxied.href, connections_max: 1, silence_seconds_max: 1 })
    const next = openPool({ connectionString: url, connections_max: 1, silence_seconds_max: 20 })
    try {
      await next.query(`create table ${table} (at int)`)
      await next.query(`insert into ${table} values (1)`)
      const client = await lost.connect()
      await client.query("begin")
      await client.query(`update ${table} set at = 2`)
      expect(proxy.lose()).toBe(1)
      await expect(client.query("commit")).rejects.toThrow("silent for 1 s")
      client.release(true)
      await next.query(`update ${table} set at = 3`)
      expect((await next.query(`select at from ${table}`)).rows).toEqual([{ at: 3 }])
    } finally {
      await next.query(`drop table if exists ${table}`)
      await Promise.all([lost.end(), next.end()])
      await proxy.close()
    }
  }, 60_000)
})
