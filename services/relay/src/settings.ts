/** What the relay's process reads from its environment. */
import {
  callerSettings,
  databaseSettings,
  eventStoreSettings,
  kafkaSettings,
  processSettings,
  withCallers,
} from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = withCallers(
  z.object({
    ...processSettings(7_403),
    ...eventStoreSettings,
    ...kafkaSettings,
    ...databaseSettings,
    ...callerSettings,
    /** Hour of the day in China at which the ledger is compared with the topic. */
    RECONCILE_HOUR: z.coerce.number().int().min(0).max(23).default(3).meta({ example: 3 }),
    /** Whether the nightly comparison also sends what is missing. */
    RECONCILE_REPAIR: z.enum(["true", "false"]).default("false").meta({ example: "true" }),
  }),
)
