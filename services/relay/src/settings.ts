/** What the relay's process reads from its environment. */
import { databaseSettings, eventStoreSettings, kafkaSettings, processSettings } from "@tongzhang/engines/settings"
import { z } from "zod"

export const settings = z.object({ ...processSettings(7_403), ...eventStoreSettings, ...kafkaSettings, ...databaseSettings })
