/** Where a person takes part. The record answers it from its tables; `probeRelations` asks the ledger itself. */
import { type ProvinceCode, provinceCodes, type SchemeCode } from "@tongzhang/domain/codes"
import { streamOf } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { EventStore } from "@tongzhang/event-store/port"

export type RelationIndex = {
  /** Every relation of the person, ended ones too. One too many is harmless, one too few is a leg forgotten. */
  readonly relationsOf: (
    person: PersonKey,
  ) => Promise<readonly { readonly province: ProvinceCode; readonly scheme: SchemeCode }[]>
  /** Resolves when facts up to this position are in the index; awaited before a plan is made. */
  readonly caughtUp?: (position: string) => Promise<void>
}

/**
 * One short read per province and scheme asked for: always exact, never behind. 32 point reads per application are nothing for
 * the embedded store; over a network the record is the cheaper index.
 */
export const probeRelations = (
  store: Pick<EventStore, "readStream">,
  schemes: readonly SchemeCode[] = ["110", "120"],
): RelationIndex => ({
  relationsOf: async (person) => {
    const asked = provinceCodes.flatMap((province) => schemes.map((scheme) => ({ province, scheme })))
    const found = await Promise.all(
      asked.map(async ({ province, scheme }) => {
        const events = await store.readStream(streamOf({ province, scheme, person }), { direction: "forwards", max: 1 })
        return events.length > 0
      }),
    )
    return asked.filter((_, i) => found[i])
  },
})
