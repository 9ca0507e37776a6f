/** Server-side filters on `$all`: by stream name or event type, a regular expression or a list of prefixes. */
import type streams from "@eventstore/db-client/generated/streams_pb.js"
import type { LogRecord } from "./record.js"

export type Filter = {
  readonly matches: (record: LogRecord) => boolean
  /** Considered events per checkpoint. */
  readonly checkpointEvery: number
}

const windowDefault = 32

/** Null when the request has none. JavaScript's expressions stand in for .NET's, ordinal prefixes for culture-sensitive ones. */
export const filterOf = (options: streams.ReadReq.Options): Filter | null => {
  const filter = options.getFilter()
  if (filter === undefined) return null
  const onStream = filter.hasStreamIdentifier()
  const expression = onStream ? filter.getStreamIdentifier() : filter.getEventType()
  const window = filter.hasMax() ? filter.getMax() : windowDefault
  const checkpointEvery = Math.max(1, filter.getCheckpointintervalmultiplier()) * window
  const subjectOf = (record: LogRecord): string => (onStream ? record.stream : record.type)
  const regex = expression?.getRegex() ?? ""
  const prefixes = expression?.getPrefixList() ?? []
  if (regex !== "") {
    const pattern = new RegExp(regex, "u")
    return { matches: (record) => pattern.test(subjectOf(record)), checkpointEvery }
  }
  return { matches: (record) => prefixes.some((prefix) => subjectOf(record).startsWith(prefix)), checkpointEvery }
}
