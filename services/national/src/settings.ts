/** What national's process reads from its environment. */
import {
  callerSettings,
  eventStoreSettings,
  identitySettings,
  keySettings,
  processSettings,
  recordSettings,
  withCallers,
} from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = withCallers(
  z.object({
    ...processSettings(7_406),
    ...eventStoreSettings,
    ...recordSettings,
    ...keySettings,
    ...identitySettings,
    ...callerSettings,
    CONSOLE_FOLDER: z
      .string()
      .optional()
      .describe("folder of the built console (services/console/dist/web), served at /console; left out: no pages"),
  }),
)
