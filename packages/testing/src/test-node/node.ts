/**
 * A **test node**: it speaks EventStoreDB's gRPC wire so that tests can run the real client library, its real sockets and its
 * real defects. It is not a database: no flush, no replication, no persistent subscriptions, no projections, no authentication.
 * Where it is knowingly not the server: JavaScript regular expressions, ordinal prefixes, no page size of 32, no pre-emptive
 * "consumer too slow" (order it with a fault), `stream not found` subscriptions send caughtUp at once.
 */
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js"
import { type AddressInfo, createServer, type Socket } from "node:net"
import gossipGrpc from "@eventstore/db-client/generated/gossip_grpc_pb.js"
import gossip from "@eventstore/db-client/generated/gossip_pb.js"
import featuresGrpc from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js"
import features from "@eventstore/db-client/generated/serverfeatures_pb.js"
import type shared from "@eventstore/db-client/generated/shared_pb.js"
import streamsGrpc from "@eventstore/db-client/generated/streams_grpc_pb.js"
import type streams from "@eventstore/db-client/generated/streams_pb.js"
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js"
import { handleAppend, handleBatchAppend } from "./append.js"
import { uuidOf } from "./codec.js"
import { type NodeContext, statusOfFault } from "./context.js"
import { handleDelete, handleTombstone } from "./delete.js"
import { createFaults, type FaultOrder, type Faults } from "./faults.js"
import { createLog, type NodeLog } from "./log.js"
import { handleRead } from "./read.js"

export type Endpoint = { readonly address: string; readonly port: number }

export type TestNodeOptions = {
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Where it listens; loopback when absent. In a container it must be 0.0.0.0 to be reached from outside. */
  readonly host?: string
  readonly faults?: readonly FaultOrder[]
  /** Shared by several nodes of one "cluster", or kept over restarts; absent = a new one. */
  readonly log?: NodeLog
  /** What GetSupportedMethods says; clients choose their paths by it. Before 23.10 no subscription says that it caught up. */
  readonly version?: string
  /** False: a server before 21.10, without BatchAppend; clients then append plainly. */
  readonly batchAppend?: boolean
  /** The server's MaxAppendSize, 1 MiB by default. */
  readonly maxAppend_bytes?: number
  /** The leader, when this node is a follower: asked at each call. */
  readonly leader?: () => Endpoint | null
  /** Other members that gossip tells of. */
  readonly members?: () => readonly (Endpoint & { readonly leader: boolean; readonly alive: boolean })[]
  /** Events of system streams that a fresh server already holds. */
  readonly systemEvents?: number
  /** The server's clock, ms since 1970. */
  readonly now?: () => number
}

export type TestNode = {
  /** For one node, without discovery. */
  readonly connectionString: string
  readonly endpoint: Endpoint
  readonly faults: Faults
  readonly log: NodeLog
  /** Cuts every socket and closes the port, as `kill -9` does; the log stays. */
  readonly die: () => void
  /** Opens the same port again, with the log as it was and without the memory of recent ids. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

const message_bytes_max = 17 * 1024 * 1024

const answerFeatures =
  (node: NodeContext, withBatch: boolean) =>
  (_call: ServerUnaryCall<shared.Empty, features.SupportedMethods>, answer: sendUnaryData<features.SupportedMethods>): void => {
    const fault = node.faults.next("features")
    const spoiled = statusOfFault(fault)
    if (spoiled !== null) return answer(spoiled, null)
    if (fault?.kind === "never_answer") return
    if (fault?.kind === "die") return node.die()
    const supported = new features.SupportedMethods().setEventStoreServerVersion(node.version)
    for (const method of ["Read", "Append", "Delete", "Tombstone", ...(withBatch ? ["BatchAppend"] : [])]) {
      const entry = new features.SupportedMethod().setServiceName("event_store.client.streams.streams")
      supported.addMethods(entry.setMethodName(method.toLowerCase()))
    }
    answer(null, supported)
  }

const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState

const answerGossip =
  (node: NodeContext, options: TestNodeOptions, now: () => number) =>
  (_call: ServerUnaryCall<shared.Empty, gossip.ClusterInfo>, answer: sendUnaryData<gossip.ClusterInfo>): void => {
    const fault = node.faults.next("gossip")
    const spoiled = statusOfFault(fault)
    if (spoiled !== null) return answer(spoiled, null)
    if (fault?.kind === "never_answer") return
    const self = { ...node.endpoint(), leader: node.leader() === null, alive: true }
    const cluster = new gossip.ClusterInfo()
    for (const member of [self, ...(options.members?.() ?? [])]) {
      const info = new gossip.MemberInfo().setInstanceId(uuidOf(crypto.randomUUID())).setIsAlive(member.alive)
      info.setTimeStamp(String(Math.floor(now()) * 10_000)).setState(member.leader ? LEADER : FOLLOWER)
      info.setHttpEndPoint(new gossip.EndPoint().setAddress(member.address).setPort(member.port))
      cluster.addMembers(info)
    }
    answer(null, cluster)
  }

const servicesOf = (server: Server, node: NodeContext, options: TestNodeOptions, now: () => number): void => {
  const { read } = streamsGrpc.StreamsService
  // Events are kept serialised, see `eventBytes`.
  const serialize = (message: streams.ReadResp | Buffer): Buffer =>
    Buffer.isBuffer(message) ? message : read.responseSerialize(message)
  const service = { ...streamsGrpc.StreamsService, read: { ...read, responseSerialize: serialize } }
  const handlers: UntypedServiceImplementation = {
    read: handleRead(node),
    append: handleAppend(node),
    ...((options.batchAppend ?? true) ? { batchAppend: handleBatchAppend(node) } : {}),
    delete: handleDelete(node),
    tombstone: handleTombstone(node),
  }
  server.addService(service, handlers)
  server.addService(featuresGrpc.ServerFeaturesService, {
    getSupportedMethods: answerFeatures(node, options.batchAppend ?? true),
  })
  server.addService(gossipGrpc.GossipService, { read: answerGossip(node, options, now) })
}

/** A listening port of our own in front of the gRPC server, so that dying can cut the sockets without a goodbye. */
const listen = (server: Server, port: number, host: string): Promise<{ readonly port: number; readonly cut: () => void }> =>
  new Promise((resolve, reject) => {
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
    const sockets = new Set<Socket>()
    const listener = createServer((socket) => {
      socket.setNoDelay(true)
      socket.on("error", () => {})
      socket.on("close", () => sockets.delete(socket))
      sockets.add(socket)
      injector.injectConnection(socket)
    })
    const cut = (): void => {
      listener.close()
      for (const socket of sockets) socket.destroy()
      injector.destroy()
      server.forceShutdown()
    }
    listener.once("error", reject)
    listener.listen(port, host, () => resolve({ port: (listener.address() as AddressInfo).port, cut }))
  })

const seed = (log: NodeLog, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const event = {
      id: crypto.randomUUID(),
      type: "$metadata",
      contentType: "application/json",
      customMetadata: new Uint8Array(),
    }
    log.append(`$$$system-${index}`, "any", [{ ...event, data: Buffer.from("{}") }])
  }
}

/** Starts a test node, on the loopback interface unless told otherwise. */
export const startTestNode = async (options: TestNodeOptions = {}): Promise<TestNode> => {
  const now = options.now ?? Date.now
  const log = options.log ?? createLog(now)
  if (options.log === undefined) seed(log, options.systemEvents ?? 4)
  const faults = createFaults(options.faults)
  const version = options.version ?? "23.10.6"
  let cut: () => void = () => {}
  let port = options.port ?? 0
  const die = (): void => cut()
  const node: NodeContext = {
    log,
    faults,
    version,
    saysCaughtUp: Number.parseFloat(version) >= 23.1,
    maxAppend_bytes: options.maxAppend_bytes ?? 1024 * 1024,
    leader: options.leader ?? (() => null),
    die,
    endpoint: () => ({ address: "127.0.0.1", port }),
  }
  const start = async (): Promise<void> => {
    const fresh = new Server({ "grpc.max_receive_message_length": message_bytes_max })
    servicesOf(fresh, node, options, now)
    const listening = await listen(fresh, port, options.host ?? "127.0.0.1")
    port = listening.port
    cut = listening.cut
  }
  await start()

  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    endpoint: node.endpoint(),
    faults,
    log,
    die,
    restart: async () => {
      die()
      log.forgetRecentIds()
      await start()
    },
    stop: async () => die(),
  }
}
