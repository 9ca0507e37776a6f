/** Routes of the intake service, mounted at /intake. */
import { addJobRoutes } from "@tongzhang/service-kit/job-routes"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import type { IntakeParts } from "../service.js"
import { addCatalogueRoutes } from "./catalogue-routes.js"
import { addCommandRoutes } from "./command-routes.js"
import { addFeedRoutes } from "./feed-routes.js"
import { addPolicyRoutes } from "./policy-routes.js"
import { addResultRoutes } from "./result-routes.js"

export const intakePlugin =
  (parts: IntakeParts): ServicePlugin =>
  async (server) => {
    addCommandRoutes(server, parts)
    await addFeedRoutes(server, parts)
    addResultRoutes(server, parts)
    addCatalogueRoutes(server)
    addPolicyRoutes(server, parts)
    addJobRoutes(server, parts.jobs, parts.clock)
  }
