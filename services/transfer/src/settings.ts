/** What transfer's process reads from its environment. */
import {
  callerSettings,
  eventStoreSettings,
  identitySettings,
  kafkaSettings,
  processSettings,
  recordSettings,
  withCallers,
} from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = withCallers(
  z.object({
    ...processSettings(7_404),
    ...eventStoreSettings,
    ...kafkaSettings,
    ...recordSettings,
    ...identitySettings,
    ...callerSettings,
  }),
)
