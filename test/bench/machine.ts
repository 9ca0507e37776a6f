/** What the figures were measured on: without it they say nothing. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs"
import { cpus, loadavg, release, totalmem, type } from "node:os"
import { join } from "node:path"
import { median, percentile } from "./figures.ts"

export type Machine = {
  readonly cpu: string
  readonly cores: number
  readonly memory_gib: number
  readonly os: string
  readonly node: string
  /** 4 KiB appended and fdatasynced, one after the other. */
  readonly fsync_p50_ms: number
  readonly fsync_p99_ms: number
  /** Processes that wanted a core in the minute before: well above 0 means that somebody else was working. */
  readonly load_1min: number
}

const fsyncs = (dir: string, times: number): number[] => {
  const path = join(dir, "fsync")
  const file = openSync(path, "w")
  const page = Buffer.alloc(4_096, 1)
  const values = Array.from({ length: times }, () => {
    writeSync(file, page)
    const start = performance.now()
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  rmSync(path)
  return values
}

/** @param dir where the benchmark's own files lie */
export const machineOf = (dir: string, times: number): Machine => {
  const load_1min = loadavg()[0] ?? 0
  const syncs = fsyncs(dir, times)
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()}`,
    node: process.versions.node,
    fsync_p50_ms: median(syncs),
    fsync_p99_ms: percentile(syncs, 0.99),
    load_1min,
  }
}

export const machineLine = ({ cpu, cores, memory_gib, os, node, fsync_p50_ms, fsync_p99_ms, load_1min }: Machine): string =>
  `${cpu}, ${cores} cores, ${memory_gib} GiB, ${os}, Node ${node}; fdatasync of 4 KiB p50 ${fsync_p50_ms.toFixed(2)} ms, ` +
  `p99 ${fsync_p99_ms.toFixed(2)} ms; load before the run ${load_1min.toFixed(1)}`
