/** Routes of the intake service, mounted at /intake. */
import { addJobRoutes } from "@tongzhang/service-kit/job-routes"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import type { IntakeParts } from "../service.js"
import { addCatalogueRoutes } from "./catalogue-routes.js"
import { addCommandRoutes } from "./command-routes.js"
import { addFeedRoutes } from "./feed-routes.js"
import { addReceiptRoutes } from "./receipt-routes.js"
import { addPolicyRoutes } from "./policy-routes.js"
import { addResultRoutes } from "./result-routes.js"
import { addUploadRoutes } from "./upload-routes.js"

export const intakePlugin =
  (parts: IntakeParts): ServicePlugin =>
  async (server) => {
    addCommandRoutes(server, parts)
    await addFeedRoutes(server, parts)
    await addUploadRoutes(server, parts)
    addReceiptRoutes(server, parts)
    addResultRoutes(server, parts)
    addCatalogueRoutes(server, parts.limits)
    addPolicyRoutes(server, parts)
    addJobRoutes(server, parts.jobs, parts.clock)
  }
