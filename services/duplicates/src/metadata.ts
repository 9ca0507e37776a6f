/** Metadata of what this process writes on its own: never a person's name or number, always the case and the event behind it. */
import type { Metadata } from "@tongzhang/contracts/envelope"
import { ruleVersion } from "@tongzhang/law/rules/overlaps"

export const processMetadata = (commandId: string, correlationId: string, causationId: string): Metadata => ({
  actor: { kind: "system", id: "duplicates" },
  channel: "process",
  purpose: "duplicate-check",
  commandId,
  correlationId,
  causationId,
  ruleVersion,
})
