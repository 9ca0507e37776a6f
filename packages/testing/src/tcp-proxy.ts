/**
 * A TCP proxy on the loopback interface that a test puts between a client and a server, to do to the connections what networks do:
 * reset them, hold them up, let them go silent for ever, thin them to a trickle. It reads nothing of what passes.
 */
import { type AddressInfo, connect, createServer, type Socket } from "node:net"

export type TcpProxy = {
  readonly port: number
  /** Pairs of connections alive now. */
  readonly live: () => number
  /** RST to both ends of every connection, as when a firewall forgets them loudly; new ones pass. Returns how many pairs. */
  readonly reset: () => number
  /** Bytes and new connections wait from now on; `release` lets all of it go on where it was. */
  readonly hold: () => void
  readonly release: () => void
  /**
   * Every connection of now goes silent for ever without being closed, as when one end loses its state; new ones pass. Returns
   * how many pairs.
   */
  readonly lose: () => number
  /** At most this many bytes a second each way per connection, in small pieces; null: as fast as it goes. */
  readonly trickle: (bytes_per_second: number | null) => void
  readonly close: () => Promise<void>
}

type Pair = { readonly client: Socket; readonly server: Socket; lost: boolean }

const trickleEvery_ms = 20

export const openTcpProxy = async (
  target: { readonly host?: string; readonly port: number },
  options: { readonly port?: number } = {},
): Promise<TcpProxy> => {
  const pairs = new Set<Pair>()
  let held = false
  let pace: number | null = null
  let wake: () => void = () => {}
  let released = Promise.resolve()

  const hold = (): void => {
    if (held) return
    held = true
    released = new Promise((resolve) => (wake = resolve))
  }
  const release = (): void => {
    held = false
    wake()
  }

  /** Writes and waits while the other end does not read. */
  const pass = async (to: Socket, chunk: Buffer): Promise<void> => {
    if (to.destroyed || to.write(chunk)) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        to.off("drain", done).off("close", done)
        resolve()
      }
      to.once("drain", done).once("close", done)
    })
  }

  const thinned = async (pair: Pair, to: Socket, chunk: Buffer): Promise<void> => {
    for (let at = 0; at < chunk.length && !to.destroyed && !pair.lost;) {
      const piece_bytes = pace === null ? chunk.length : Math.max(1, Math.floor((pace * trickleEvery_ms) / 1_000))
      await pass(to, chunk.subarray(at, at + piece_bytes))
      at += piece_bytes
      if (pace !== null && at < chunk.length) await new Promise((resolve) => setTimeout(resolve, trickleEvery_ms))
    }
  }

  const forward = async (pair: Pair, from: Socket, to: Socket): Promise<void> => {
    try {
      // The iterator would close the whole connection when this half of it ends.
      for await (const chunk of from.iterator({ destroyOnReturn: false })) {
        while (held) await released
        if (pair.lost) continue
        await thinned(pair, to, chunk as Buffer)
      }
      while (held) await released
      if (!pair.lost) to.end()
    } catch {
      // A connection that broke at one end breaks at the other; a lost one stays as it is.
      if (!pair.lost) to.destroy()
    }
  }

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const server = connect({ host: target.host ?? "127.0.0.1", port: target.port, allowHalfOpen: true, noDelay: true })
    const pair: Pair = { client, server, lost: false }
    pairs.add(pair)
    for (const end of [client, server]) {
      end.on("error", () => {})
      end.on("close", () => {
        if (client.destroyed && server.destroyed) pairs.delete(pair)
      })
    }
    void forward(pair, client, server)
    void forward(pair, server, client)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject)
    listener.listen(options.port ?? 0, "127.0.0.1", resolve)
  })

  return {
    port: (listener.address() as AddressInfo).port,
    live: () => [...pairs].filter(({ lost }) => !lost).length,
    reset: () => {
      const cut = [...pairs].filter(({ lost }) => !lost)
      for (const { client, server } of cut) {
        client.resetAndDestroy()
        server.resetAndDestroy()
      }
      return cut.length
    },
    hold,
    release,
    lose: () => {
      const gone = [...pairs].filter(({ lost }) => !lost)
      for (const pair of gone) pair.lost = true
      return gone.length
    },
    trickle: (bytes_per_second) => {
      pace = bytes_per_second
    },
    close: async () => {
      release()
      const ended = new Promise<void>((resolve) => listener.close(() => resolve()))
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
      await ended
    },
  }
}
