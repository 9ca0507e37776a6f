/** A ledger listening on a port of this machine, with its local tokens written where the command line finds them. */
import { consoleFolder } from "@tongzhang/console/folder"
import { hasPages, mountFiles } from "@tongzhang/service-kit/static-files"
import type { Logger } from "pino"
import { createClient, type Client } from "./cli/client.js"
import { type Ledger, type LedgerOptions, openLedger } from "./ledger.js"
import { publishBuiltIn } from "./policies.js"
import { writeTokens } from "./tokens.js"

export type Served = { readonly ledger: Ledger; readonly client: Client; readonly url: string }

/** @param port 0 takes a free one */
export const serve = async (
  dataDir: string,
  port: number,
  logger: Logger,
  options: Pick<LedgerOptions, "decisions"> = {},
): Promise<Served> => {
  const ledger = await openLedger({ dataDir, logger, ...options })
  try {
    const published = await publishBuiltIn(ledger.intake)
    if (published > 0) logger.info({ published }, "parameters of the law published")
    // A ledger run from sources that nobody built has no pages; everything else works.
    if (hasPages(consoleFolder)) await mountFiles(ledger.server, { prefix: "/console", folder: consoleFolder })
    const url = await ledger.server.listen({ port, host: "127.0.0.1" })
    return { ledger, client: createClient(await writeTokens(dataDir, url, ledger.issue)), url }
  } catch (error) {
    await ledger.close()
    throw error
  }
}
