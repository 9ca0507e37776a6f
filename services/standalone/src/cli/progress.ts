/** Progress of long work on stderr: a bar with rate and time left on a terminal, a line now and then in a log. */
import cliProgress from "cli-progress"

export type Progress = { readonly to: (done: number, total?: number) => void; readonly end: (note?: string) => void }

const silent: Progress = { to: () => {}, end: () => {} }

const onTerminal = (title: string, total: number): Progress => {
  const drawn = new cliProgress.SingleBar(
    {
      format: `${title} {bar} {percentage}% · {value}/{total} · {rate}/s · {eta_formatted}`,
      hideCursor: true,
      stream: process.stderr,
      etaBuffer: 200,
    },
    cliProgress.Presets.shades_classic,
  )
  const startedAt = performance.now()
  const rate = (done: number): number => Math.round(done / Math.max((performance.now() - startedAt) / 1000, 0.001))
  drawn.start(total, 0, { rate: 0 })
  let last = 0
  return {
    to: (done, newTotal) => {
      last = done
      if (newTotal !== undefined) drawn.setTotal(newTotal)
      drawn.update(done, { rate: rate(done) })
    },
    end: (note) => {
      drawn.update(last, { rate: rate(last) })
      drawn.stop()
      if (note !== undefined) process.stderr.write(`${note}\n`)
    },
  }
}

const inLog = (title: string, total: number): Progress => {
  let next = 0.25
  return {
    to: (done, newTotal = total) => {
      if (newTotal === 0 || done / newTotal < next) return
      process.stderr.write(`${title} ${Math.floor((done / newTotal) * 100)} % (${done}/${newTotal})\n`)
      next = Math.floor((done / newTotal) * 4) / 4 + 0.25
    },
    end: (note) => {
      if (note !== undefined) process.stderr.write(`${note}\n`)
    },
  }
}

export const progress = (title: string, total: number, quiet = false): Progress =>
  quiet ? silent : process.stderr.isTTY ? onTerminal(title, total) : inLog(title, total)
