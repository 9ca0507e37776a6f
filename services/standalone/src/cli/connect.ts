/** What every command that speaks to a running ledger does first: find it, and find the person meant. */
import type { Command } from "commander"
import { anyCaller, type Client, createClient, Explained, readTokenFile } from "./client.js"

export const dataDirOf = (command: Command): string => (command.optsWithGlobals() as { data: string }).data

/** The local ledger; or with `--url` one run as services, its gateway or a single service, with the caller's token from the environment. */
export const connect = (command: Command): Client => {
  const { url } = command.optsWithGlobals() as { readonly url?: string }
  if (url === undefined) return createClient(readTokenFile(dataDirOf(command)))
  const token = process.env["TONGZHANG_TOKEN"]
  if (token === undefined || token === "")
    throw new Explained("no token for that ledger", "put your caller's token into the variable TONGZHANG_TOKEN")
  if (!URL.canParse(url)) throw new Explained(`${url} is no address`, "write it as http://host:port")
  return createClient({ url, tokens: { [anyCaller]: token } })
}

/** As one auditor of several: a second reader is another person than the writer. The local ledger gives such tokens. */
export const connectAuditor = async (command: Command, name: string | undefined): Promise<Client> => {
  const file = readTokenFile(dataDirOf(command))
  if (name === undefined) return createClient(file)
  const { token } = await createClient(file).post<{ token: string }>("center", "/demo/tokens", { caller: `auditor:${name}` })
  return createClient({ ...file, tokens: { ...file.tokens, auditor: token } })
}

type Lookup = { readonly state: "matched" | "possible" | "none"; readonly matches: readonly { readonly person: string }[] }

/** A citizen ID number, or a person key as other commands print it. The number goes in a body, never in a URL. */
export const personOf = async (client: Client, text: string, as = "center"): Promise<string> => {
  if (/^[0-9a-f]{32}$/.test(text)) return text
  const found = await client.post<Lookup>(
    as,
    "/national/persons/lookup",
    { citizenId: text },
    as === "auditor" ? "audit" : "service",
  )
  const [person] = found.matches
  if (person === undefined)
    throw new Explained(
      "no such person in the ledger",
      "check the ID number; a person appears once a province has fed a row about them",
    )
  return person.person
}
