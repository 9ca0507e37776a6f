/** Keys that a user names on the command line. */
import { type NoteKey, parseVkey } from "@tongzhang/proof/note"
import { Explained } from "./client.js"

/** What a library says about the user's input, with the way out. */
export const explained = <T>(make: () => T, hint: string): T => {
  try {
    return make()
  } catch (error) {
    throw new Explained(error instanceof Error ? error.message : String(error), hint)
  }
}
export const keyOf = (text: string): NoteKey =>
  explained(() => parseVkey(text), "a verifier key is name+id+key, as `tongzhang proof checkpoint` prints it")
