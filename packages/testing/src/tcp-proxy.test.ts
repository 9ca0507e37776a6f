import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTcpProxy, type TcpProxy } from "./tcp-proxy.js"

let echo: Server
let proxy: TcpProxy
const open: Socket[] = []

beforeEach(async () => {
  echo = createServer((socket) => {
    open.push(socket)
    socket.on("error", () => {})
    socket.pipe(socket)
  }).listen(0, "127.0.0.1")
  await once(echo, "listening")
  proxy = await openTcpProxy({ port: (echo.address() as AddressInfo).port })
})
afterEach(async () => {
  await proxy.close()
  for (const socket of open.splice(0)) socket.destroy()
  echo.close()
})

type Caller = { readonly socket: Socket; readonly heard: () => string; readonly closed: Promise<string> }
const call = async (): Promise<Caller> => {
  const socket = connect({ port: proxy.port, host: "127.0.0.1" })
  open.push(socket)
  let text = ""
  let failure = ""
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()))
  socket.on("error", (error: NodeJS.ErrnoException) => (failure = error.code ?? ""))
  const closed = new Promise<string>((resolve) => socket.on("close", () => resolve(failure)))
  await once(socket, "connect")
  return { socket, heard: () => text, closed }
}
const greet = async (caller: Caller): Promise<void> => {
  caller.socket.write("hello")
  await expect.poll(caller.heard).toBe("hello")
}

describe("a TCP proxy", () => {
  it("passes what is said both ways, and the end of it", async () => {
    const caller = await call()
    caller.socket.end("x".repeat(1_000_000))
    await caller.closed
    expect(caller.heard()).toHaveLength(1_000_000)
    await expect.poll(proxy.live).toBe(0)
  })

  it("resets every connection, and takes new ones", async () => {
    const caller = await call()
    await greet(caller)
    expect(proxy.reset()).toBe(1)
    expect(await caller.closed).toBe("ECONNRESET")
    await greet(await call())
  })

  it("holds bytes and callers up, and lets them go on where they were", async () => {
    const caller = await call()
    await greet(caller)
    proxy.hold()
    caller.socket.write(" again")
    const late = await call()
    late.socket.write("late")
    await sleep(50)
    expect([caller.heard(), late.heard()]).toEqual(["hello", ""])
    proxy.release()
    await expect.poll(caller.heard).toBe("hello again")
    await expect.poll(late.heard).toBe("late")
  })

  it("loses connections without a word, for ever, and takes new ones", async () => {
    const caller = await call()
    await greet(caller)
    expect(proxy.lose()).toBe(1)
    caller.socket.write("anybody?")
    await greet(await call())
    expect(caller.heard()).toBe("hello")
    expect(caller.socket.destroyed).toBe(false)
    expect(proxy.live()).toBe(1)
  })

  it("thins a stream to a trickle, and lets it run again", async () => {
    const caller = await call()
    proxy.trickle(5_000)
    caller.socket.write("x".repeat(100_000))
    await expect.poll(() => caller.heard().length).toBeGreaterThan(0)
    expect(caller.heard().length).toBeLessThan(50_000)
    proxy.trickle(null)
    await expect.poll(() => caller.heard().length).toBe(100_000)
  })
})
