/**
 * The connection: `@eventstore/db-client` resolves the connection string, discovers the leader, holds TLS, credentials,
 * keep-alive and the channel. We open the calls on its channel ourselves, because its own calls lose what we need (bytes, an
 * answer for every append) and share state between clients (see `appender.ts`). The members used are not public: the version is
 * pinned to 6.2.1 and the adapter's tests fail if they change.
 *
 * Every call carries `requires-leader`: an unknown append is settled by reading, and a follower may not have the write yet.
 */
import { EventStoreDBClient } from "@eventstore/db-client"
import streamsGrpc from "@eventstore/db-client/generated/streams_grpc_pb.js"
import {
  type CallOptions,
  type Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  Metadata,
  status,
} from "@grpc/grpc-js"
import { type BatchAnswer, decodeAnswer } from "./append-wire.js"
import { decodeRead, type ReadMessage } from "./read-wire.js"

type Internals = {
  readonly getGRPCClient: (constructor: unknown, name: string) => Promise<Client>
  readonly handleError: (client: Client, error: Error) => Promise<void>
  readonly callArguments: (options: { readonly requiresLeader: boolean }, call: CallOptions) => [Metadata, CallOptions]
}

export type Opened<Call> = {
  readonly call: Call
  /** Tells the library that the call failed, so that the next one gets a new channel where the error asks for it. */
  readonly failed: (error: Error) => Promise<void>
}

export type Connection = {
  readonly openBatch: () => Promise<Opened<ClientDuplexStream<Buffer, BatchAnswer>>>
  readonly openRead: (request: Buffer) => Promise<Opened<ClientReadableStream<ReadMessage>>>
  readonly close: () => Promise<void>
}

/** Nothing is opened any more; not worth another try. */
export class ConnectionClosed extends Error {
  override name = "ConnectionClosed"
}

const { batchAppend, read } = streamsGrpc.StreamsService
const asIs = (bytes: Buffer): Buffer => bytes

/** An error after which the library drops the channel and discovers again. */
const unavailable = (details: string): Error =>
  Object.assign(new Error(details), { code: status.UNAVAILABLE, details, metadata: new Metadata() })

export const codeOf = (error: unknown): number | null => {
  const { code } = error as { readonly code?: unknown }
  return typeof code === "number" ? code : null
}

/** The `exception` trailer by which the server names what happened. */
export const exceptionOf = (error: unknown): string | null => {
  const { metadata } = error as { readonly metadata?: unknown }
  return metadata instanceof Metadata ? (metadata.get("exception")[0]?.toString() ?? null) : null
}

export const isNotLeader = (error: unknown): boolean => exceptionOf(error) === "not-leader"

/** A silent or cleanly ended call: the channel is given up although nothing said it was broken. */
export const silent = (what: string): Error => unavailable(`${what}: gave the connection up`)

export const openConnection = (connectionString: string): Connection => {
  const client = EventStoreDBClient.connectionString(connectionString)
  const internals = client as unknown as Internals
  let closed = false

  const grpcClient = async (): Promise<Client> => {
    if (closed) throw new ConnectionClosed("the event store is closed")
    return internals.getGRPCClient(streamsGrpc.StreamsClient, "tongzhang")
  }
  const reconnect = async (on: Client, error: Error): Promise<void> => {
    try {
      await internals.handleError(on, error)
    } catch {
      // A NotLeader without the leader's address makes the library throw a TypeError: discover again instead.
      await internals.handleError(on, unavailable("not leader, and the leader is unknown")).catch(() => {})
    }
  }
  const failed = (on: Client) => (error: Error) => reconnect(on, error)
  const argumentsOf = (): [Metadata, CallOptions] => internals.callArguments({ requiresLeader: true }, { deadline: Infinity })

  return {
    openBatch: async () => {
      const on = await grpcClient()
      return { call: on.makeBidiStreamRequest(batchAppend.path, asIs, decodeAnswer, ...argumentsOf()), failed: failed(on) }
    },
    openRead: async (request) => {
      const on = await grpcClient()
      return { call: on.makeServerStreamRequest(read.path, asIs, decodeRead, request, ...argumentsOf()), failed: failed(on) }
    },
    close: async () => {
      if (closed) return
      const on = await grpcClient().catch(() => null)
      closed = true
      await client.dispose()
      on?.close()
    },
  }
}
