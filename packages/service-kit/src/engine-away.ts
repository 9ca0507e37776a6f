/**
 * Whether an error says that an engine is away (stopped, cut off, not answering), and nothing about the work in hand. Such work is
 * done again later, unchanged: nobody is parked for it and no caller is told that the fault is theirs.
 */

/** Errors of our own adapters, by name: this module loads none of them. */
const ours: ReadonlySet<string> = new Set(["StoreUnavailable", "ReadFailed", "ConnectionClosed", "StreamsUnavailable"])
/** Of the operating system, on any connection. */
const system: ReadonlySet<string> = new Set(
  "ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN".split(" "),
)
/**
 * SQLSTATE of PostgreSQL: connection lost (08), the server goes down, comes up or ended the session (57P), out of resources (53),
 * the transaction was rolled back for others' sake (40), a standby after a failover (25006).
 */
const sqlState = /^(08|57P|53|40)\w+$|^25006$/u
/** `pg` gives these no code. */
const lost = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/u

const causes_max = 8

export const engineIsAway = (error: unknown): boolean => {
  let cause: unknown = error
  for (let depth = 0; cause instanceof Error && depth < causes_max; depth++) {
    const { code } = cause as { readonly code?: unknown }
    if (ours.has(cause.name) || cause.name.startsWith("KafkaJS") || lost.test(cause.message)) return true
    if (typeof code === "string" && (system.has(code) || sqlState.test(code))) return true
    cause = cause.cause
  }
  return false
}
