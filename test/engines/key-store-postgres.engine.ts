/** The key-store port's contract on a real PostgreSQL: each case in a schema of its own. */
import { randomBytes } from "node:crypto"
import { keyStoreContract } from "@tongzhang/identity/contract"
import { openPostgresKeyStore } from "@tongzhang/identity/postgres/key-store"
import pg from "pg"
import { against, postgres } from "./engines.js"

against("key store on PostgreSQL", await postgres(), (connectionString) => {
  const query = async (text: string): Promise<pg.QueryResult<{ readonly wrapped: Buffer }>> => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    try {
      return await client.query(text)
    } finally {
      await client.end()
    }
  }
  keyStoreContract("PostgreSQL", async () => {
    const schema = `keys_${randomBytes(6).toString("hex")}`
    return {
      open: (masterSecret, now) =>
        openPostgresKeyStore({ connectionString, schema, masterSecret, ...(now === undefined ? {} : { now }) }),
      bytes: async () => (await query(`select wrapped from ${schema}.person_key`)).rows.map((row) => row.wrapped),
      remove: async () => void (await query(`drop schema ${schema} cascade`)),
    }
  })
})
