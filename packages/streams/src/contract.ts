import { describe } from "vitest"
import { deliveryCases } from "./contract/delivery.js"
import { failureCases } from "./contract/failures.js"
import { groupCases } from "./contract/groups.js"
import { positionCases } from "./contract/positions.js"
import { propertyCases } from "./contract/property.js"
import { replayCases } from "./contract/replay.js"
import type { Engine } from "./contract/world.js"

/**
 * What every engine behind the streams port must do. The cases assume no more than the port says: offsets may have gaps,
 * delivery is at least once, batches may be cut anywhere.
 */
export const streamsContract = (name: string, engine: Engine): void => {
  describe(`streams contract: ${name}`, () => {
    deliveryCases(engine)
    groupCases(engine)
    positionCases(engine)
    failureCases(engine)
    replayCases(engine)
    propertyCases(engine)
  })
}
