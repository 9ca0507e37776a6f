/** What the duplicates' process reads from its environment. */
import {
  callerSettings,
  decisionSettings,
  eventStoreSettings,
  kafkaSettings,
  processSettings,
  recordSettings,
  withCallers,
} from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = withCallers(
  z.object({
    ...processSettings(7_405),
    ...eventStoreSettings,
    ...kafkaSettings,
    ...recordSettings,
    ...callerSettings,
    ...decisionSettings,
  }),
)
