/** What only a local ledger offers: local tokens for its own operator, and a clock that can be set ahead to see deadlines pass. */
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { ShiftableClock } from "@tongzhang/service-kit/clock"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import type { Seen } from "./demo/detection.js"
import { addDetectionRoute } from "./demo/detection-route.js"
import { parseCaller, type TokenIssuer } from "./tokens.js"

export type DemoDependencies = {
  readonly clock: ShiftableClock
  readonly issue: TokenIssuer
  readonly tick: () => Promise<unknown>
  readonly dataDir: string
  readonly seen: Seen
}

export const demoRoutes =
  ({ clock, issue, tick, dataDir, seen }: DemoDependencies): ServicePlugin =>
  async (server) => {
    addDetectionRoute(server, dataDir, seen)
    const time = z.object({ now: z.string(), ahead_days: z.number() })
    const state = (): z.infer<typeof time> => ({
      now: new Date(clock.now()).toISOString(),
      ahead_days: clock.offset_ms() / 86_400_000,
    })
    server.get(
      "/clock",
      { config: { public: true }, schema: { summary: "The ledger's clock", response: { 200: time } } },
      async () => state(),
    )
    server.post(
      "/clock",
      {
        schema: {
          summary: "Sets the clock ahead by whole days (center only)",
          body: z.object({ days: z.int().min(1).max(3_660) }),
          response: { 200: time },
        },
      },
      async (request) => {
        requireCaller(request, "center")
        clock.advanceDays(request.body.days)
        await tick()
        return state()
      },
    )
    server.post(
      "/tokens",
      {
        schema: {
          summary: "A local token for another caller (center only): agency:31, auditor, person:KEY …",
          body: z.object({ caller: z.string().max(80) }),
          response: { 200: z.object({ token: z.string() }) },
        },
      },
      async (request) => {
        requireCaller(request, "center")
        if (parseCaller(request.body.caller) === null)
          throw problem({
            status: 422,
            rule: "CALLER_UNKNOWN",
            field: "caller",
            hint_zh: "可用的身份: agency:31、center、auditor、platform:名称、person:个人键",
            hint_en: "Callers are agency:31, center, auditor, platform:NAME and person:KEY",
          })
        return { token: await issue(request.body.caller) }
      },
    )
  }
