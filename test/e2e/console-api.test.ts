/** The console is typed by the services' own documents: what is checked in must be what they say today. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, it } from "vitest"
import { root } from "./support.js"

it("the console's types follow the services' OpenAPI documents (npm run console:api)", () => {
  const check = (): string =>
    execFileSync(process.execPath, [join(root, "infra/dev/console-api.mjs"), "--check"], { encoding: "utf8", stdio: "pipe" })
  expect(check).not.toThrow()
})
