/**
 * Connections to PostgreSQL as every part of the ledger opens them. What `pg` leaves to its user is done here once (both seen in
 * docs/faults.md): a connection that breaks between two statements of a transaction raises an event nobody hears, which ends the
 * process; and a connection whose other end has vanished without a word is waited for, for ever. On the server the same loss
 * leaves a session that stands in its transaction and holds its locks against our next one: it is ended after the same time.
 */
import { Socket } from "node:net"
import pg from "pg"

export type PoolOptions = {
  /** `postgres://user:password@host:port/database` */
  readonly connectionString: string
  readonly connections_max: number
  /**
   * A connection on which not one byte has come or gone for so long is given up, with the statement that waits on it. Longer than
   * any statement may take; shorter than the patience of whoever waits for a follower to catch up.
   */
  readonly silence_seconds_max?: number | undefined
  readonly types?: pg.CustomTypesConfig
  /** Command-line options of the session, as `-c search_path=…`. */
  readonly options?: string
  /** Told when a connection breaks; the next statement gets another one. */
  readonly onFailure?: ((cause: unknown) => void) | undefined
}

const silence_seconds_default = 60

/** A socket that gives itself up when it has been silent too long, also under TLS. */
const impatientSocket = (silence_seconds: number): Socket => {
  const socket = new Socket()
  return socket.setTimeout(silence_seconds * 1_000, () =>
    socket.destroy(new Error(`Connection terminated: PostgreSQL was silent for ${silence_seconds} s`)),
  )
}

/** A pool whose connections fail in time and never by an event nobody listens to. The caller ends it. */
export const openPool = (options: PoolOptions): pg.Pool => {
  const { connectionString, connections_max, silence_seconds_max = silence_seconds_default, types, onFailure } = options
  const failed = (cause: unknown): void => onFailure?.(cause)
  const pool = new pg.Pool({
    connectionString,
    max: connections_max,
    stream: () => impatientSocket(silence_seconds_max),
    idle_in_transaction_session_timeout: silence_seconds_max * 1_000,
    // What nobody needs goes before it counts as silent.
    idleTimeoutMillis: Math.min(10_000, silence_seconds_max * 500),
    ...(types === undefined ? {} : { types }),
    ...(options.options === undefined ? {} : { options: options.options }),
  })
  // Idle in the pool; and lent to somebody, between two statements: the next statement fails, and that is how they learn of it.
  pool.on("error", failed)
  pool.on("connect", (client) => void client.on("error", failed))
  return pool
}
