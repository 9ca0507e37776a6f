/** What intake's process reads from its environment. */
import {
  callerSettings,
  eventStoreSettings,
  folderSettings,
  identitySettings,
  keySettings,
  processSettings,
  withCallers,
} from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = withCallers(
  z.object({
    ...processSettings(7_401),
    ...eventStoreSettings,
    ...keySettings,
    ...identitySettings,
    ...callerSettings,
    ...folderSettings,
  }),
)
