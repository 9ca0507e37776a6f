// What `up.mjs` and `down.mjs` agree on: where the note about the running server lies, and the options.
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..")
/** The note about what runs; ENGINES_NOTES names another folder for it, so that CI does not meet a developer's engines. */
export const upFile = join(process.env.ENGINES_NOTES ?? root, ".tongzhang-postgres.json")

/** Exit code for "this machine cannot": PostgreSQL's programs are missing. */
export const cannot = 69

const usage = `npm run postgres:up -- [--port 15432] [--data FOLDER] [--bin FOLDER] [--user NAME]

  --port   port on 127.0.0.1 (environment POSTGRES_PORT, default 15432)
  --data   folder that outlives postgres:down (POSTGRES_DATA); a temporary one otherwise
  --bin    folder of initdb and pg_ctl (POSTGRES_BIN); found by itself where a package put it
  --user   who runs the server when this is root, which PostgreSQL refuses to be (POSTGRES_OS_USER, default postgres)`

export const optionsOf = (args, env) => {
  const option = (name, fallback) => ({ type: "string", ...((env[name] ?? fallback) ? { default: env[name] ?? fallback } : {}) })
  const { values } = parseArgs({
    args,
    options: {
      port: option("POSTGRES_PORT", "15432"),
      data: option("POSTGRES_DATA"),
      bin: option("POSTGRES_BIN"),
      user: option("POSTGRES_OS_USER", "postgres"),
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    process.exit(0)
  }
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1024 || port > 65_535)
    throw new Error(`--port must lie in 1024-65535, not ${String(values.port)}`)
  return { ...values, port }
}
