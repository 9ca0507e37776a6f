/** The built-in tables as facts: a ledger that has none is told them at its first start, so that everything decided can name an event. */
import type { IntakeService } from "@tongzhang/intake/service"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"

/** How many were published: none where anything has been published before. Numbers that a newer version knows are published by hand. */
export const publishBuiltIn = async ({ policies }: Pick<IntakeService, "policies">): Promise<number> => {
  if ((await policies.known()).all.length > 0) return 0
  const { published } = await policies.publish(builtInParameters.all, {
    actor: { kind: "system", id: "first-start" },
    channel: "process",
    correlationId: "first-start",
  })
  return published
}
