/** What audit's process reads from its environment. */
import {
  callerSettings,
  eventStoreSettings,
  keySettings,
  processSettings,
  recordSettings,
  withCallers,
} from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = withCallers(
  z.object({ ...processSettings(7_407), ...eventStoreSettings, ...recordSettings, ...keySettings, ...callerSettings }),
)
