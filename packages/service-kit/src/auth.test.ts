import { generateKeyPairSync } from "node:crypto"
import { type Either, isRight } from "fp-ts/lib/Either.js"
import type { PersonKey } from "@tongzhang/domain/ids"
import { exportJWK, SignJWT } from "jose"
import { describe, expect, it } from "vitest"
import { requireCaller, requirePersonAccess, requireProvince, requirePurpose, type WithCaller } from "./auth.js"
import type { Caller } from "./caller.js"
import { isProblem, type Problem } from "./problem.js"
import { createVerifier, issueToken } from "./token.js"

const secret = "a shared secret of thirty-two bytes or more"
const now = Date.UTC(2026, 10, 22)
const shanghai: Caller = { kind: "agency", id: "sh-01", province: "31" }
const wang: Caller = { kind: "person", id: "app", person: "1".repeat(32) as PersonKey }
const callers: readonly Caller[] = [
  shanghai,
  { kind: "center", id: "c" },
  { kind: "auditor", id: "a" },
  { kind: "platform", id: "p" },
  wang,
]

const ruleOf = (run: () => unknown): string => {
  try {
    run()
    return "passes"
  } catch (error) {
    if (!isProblem(error)) throw error
    return `${error.problem.status} ${error.problem.rule}`
  }
}
const refusal = (outcome: Either<Problem, Caller>): string => (isRight(outcome) ? "accepted" : outcome.left.problem.rule)
const from = (caller: Caller | null, headers: Record<string, string> = {}): WithCaller => ({
  caller,
  callerProblem: null,
  headers,
})

describe("tokens", () => {
  const verify = createVerifier({ alg: "HS256", secret }, { now: () => now })
  const issue = (caller: Caller, ttl_seconds = 60) => issueToken(secret, caller, { ttl_seconds, now })

  it.each(callers)("carry a caller of kind $kind there and back", async (caller) => {
    const outcome = await verify(await issue(caller))
    expect(isRight(outcome) && outcome.right).toEqual(caller)
  })

  it("expire, also while the verifier remembers them", async () => {
    let time = now
    const remembering = createVerifier({ alg: "HS256", secret }, { now: () => time, leeway_seconds: 0 })
    const token = await issue(shanghai)
    expect([refusal(await remembering(token)), refusal(await remembering(token))]).toEqual(["accepted", "accepted"])
    time = now + 60_000
    expect(refusal(await remembering(token))).toBe("AUTH_EXPIRED")
    const later = createVerifier({ alg: "HS256", secret }, { now: () => now + 120_000 })
    expect(refusal(await later(await issue(shanghai)))).toBe("AUTH_EXPIRED")
    expect(refusal(await later(await issue(shanghai, 300)))).toBe("accepted")
  })

  it("are refused when forged, altered, unsigned, from elsewhere or naming nobody", async () => {
    const token = await issue(shanghai)
    const [head, , signature] = token.split(".")
    const claims = Buffer.from(
      JSON.stringify({ kind: "center", sub: "c", iss: "tongzhang", aud: "tongzhang", iat: now / 1000, exp: now / 1000 + 60 }),
    ).toString("base64url")
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims}.`
    const elsewhere = await issueToken(secret, shanghai, { ttl_seconds: 60, now, issuer: "somebody" })
    const forged = await issueToken("another secret of thirty-two bytes or more", shanghai, { ttl_seconds: 60, now })
    const nobody = await new SignJWT({ kind: "agency", province: "99" })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("x")
      .setIssuer("tongzhang")
      .setAudience("tongzhang")
      .setIssuedAt(now / 1000)
      .setExpirationTime(now / 1000 + 60)
      .sign(new TextEncoder().encode(secret))
    for (const bad of [`${head}.${claims}.${signature}`, unsigned, elsewhere, forged, nobody, "abc", ""])
      expect(refusal(await verify(bad))).toBe("AUTH_INVALID")
  })

  it("may be signed by a private key and checked with published ones", async () => {
    const pair = generateKeyPairSync("ed25519")
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: "2026", alg: "EdDSA" }
    const privateKey_pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString()
    const verifyPublic = createVerifier({ alg: "EdDSA", jwks: { keys: [jwk] } }, { now: () => now })
    const token = await issueToken({ alg: "EdDSA", privateKey_pem, kid: "2026" }, shanghai, { ttl_seconds: 60, now })
    expect(refusal(await verifyPublic(token))).toBe("accepted")
    expect(refusal(await verifyPublic(await issue(shanghai)))).toBe("AUTH_INVALID")
    expect(
      refusal(
        await verifyPublic(await issueToken({ alg: "EdDSA", privateKey_pem, kid: "1999" }, shanghai, { ttl_seconds: 60, now })),
      ),
    ).toBe("AUTH_INVALID")
  })

  it("need a secret worth the name", async () => {
    await expect(issueToken("short", shanghai, { ttl_seconds: 60, now })).rejects.toThrow(/32 bytes/)
    expect(() => createVerifier({ alg: "HS256", secret: "short" }, { now: () => now })).toThrow(/32 bytes/)
  })
})

describe("what a caller may do", () => {
  it.each([
    ["agency", ["passes", "403 FORBIDDEN_PROVINCE", "passes", "passes"]],
    ["center", ["403 FORBIDDEN_KIND", "403 FORBIDDEN_KIND", "passes", "passes"]],
    ["auditor", ["403 FORBIDDEN_KIND", "403 FORBIDDEN_KIND", "403 FORBIDDEN_KIND", "passes"]],
    ["platform", ["403 FORBIDDEN_KIND", "403 FORBIDDEN_KIND", "403 FORBIDDEN_KIND", "passes"]],
    ["person", ["403 FORBIDDEN_KIND", "403 FORBIDDEN_KIND", "403 FORBIDDEN_KIND", "403 FORBIDDEN_PERSON"]],
    ["nobody", ["401 AUTH_MISSING", "401 AUTH_MISSING", "401 AUTH_MISSING", "401 AUTH_MISSING"]],
  ])("%s: write for 31, write for 44, write for 31 where the center may too, read another person", (kind, expected) => {
    const request = from(callers.find((caller) => caller.kind === kind) ?? null)
    expect([
      ruleOf(() => requireProvince(request, "31")),
      ruleOf(() => requireProvince(request, "44")),
      ruleOf(() => requireProvince(request, "31", { allow: ["center"] })),
      ruleOf(() => requirePersonAccess(request, "2".repeat(32) as PersonKey)),
    ]).toEqual(expected)
  })

  it("a person reads their own record", () => {
    expect(requirePersonAccess(from(wang), wang.kind === "person" ? wang.person : ("" as PersonKey))).toEqual(wang)
  })

  it("answers with the reason a token was refused", async () => {
    const outcome = await createVerifier({ alg: "HS256", secret }, { now: () => now })("abc")
    const callerProblem = isRight(outcome) ? null : outcome.left
    expect(ruleOf(() => requireCaller({ caller: null, callerProblem, headers: {} }))).toBe("401 AUTH_INVALID")
  })

  it.each([
    [shanghai, undefined, [], "400 PURPOSE_MISSING"],
    [shanghai, "curiosity", [], "400 PURPOSE_UNKNOWN"],
    [shanghai, "service", [], "passes"],
    [shanghai, "service", ["transfer"], "403 FORBIDDEN_PURPOSE"],
    [shanghai, "audit", [], "403 FORBIDDEN_PURPOSE"],
    [{ kind: "auditor", id: "a" }, "audit", [], "passes"],
    [wang, "self", [], "passes"],
    [wang, "service", [], "403 FORBIDDEN_PURPOSE"],
  ] as const)("caller %o for purpose %s on a route for %o: %s", (caller, purpose, allowed, expected) => {
    expect(ruleOf(() => requirePurpose(from(caller, purpose === undefined ? {} : { "x-purpose": purpose }), ...allowed))).toBe(
      expected,
    )
  })
})
