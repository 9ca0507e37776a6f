/** What the projector's process reads from its environment. */
import { callerSettings, eventStoreSettings, processSettings, recordSettings, withCallers } from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = withCallers(
  z.object({ ...processSettings(7_402), ...eventStoreSettings, ...recordSettings, ...callerSettings }),
)
