/** What the projector's process reads from its environment. */
import { eventStoreSettings, processSettings, recordSettings } from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = z.object({ ...processSettings(7_402), ...eventStoreSettings, ...recordSettings })
