/** Signed tokens (JWT). HS256 with a shared secret for the local demo; EdDSA with published keys where issuer and services differ. */
import { createSecretKey } from "node:crypto"
import { type Either, left, right } from "fp-ts/lib/Either.js"
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  importPKCS8,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from "jose"
import { LRUCache } from "lru-cache"
import { type Caller, callerSchema } from "./caller.js"
import { type Problem, problem } from "./problem.js"

const issuer_default = "tongzhang"
const audience = "tongzhang"

export type SigningKey =
  | { readonly alg: "HS256"; readonly secret: Uint8Array | string }
  | { readonly alg: "EdDSA"; readonly privateKey_pem: string; readonly kid: string }

export type VerifyingKey =
  | { readonly alg: "HS256"; readonly secret: Uint8Array | string }
  /** Public keys as a JSON Web Key Set, in the configuration or behind an address. */
  | { readonly alg: "EdDSA"; readonly jwks: JSONWebKeySet | URL }

export type Verifier = (token: string) => Promise<Either<Problem, Caller>>

const secretBytes = (secret: Uint8Array | string): Uint8Array => {
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret
  if (bytes.length < 32) throw new Error("token: a shared secret needs at least 32 bytes")
  return bytes
}

const claimsOf = (caller: Caller): JWTPayload =>
  caller.kind === "agency"
    ? { kind: caller.kind, province: caller.province }
    : caller.kind === "person"
      ? { kind: caller.kind, person: caller.person }
      : { kind: caller.kind }

/**
 * A token that names `caller` from `now` (ms since 1970) for `ttl_seconds`.
 * @param key a shared secret of at least 32 bytes (HS256), or a signing key.
 */
export const issueToken = async (
  key: SigningKey | Uint8Array | string,
  caller: Caller,
  options: { readonly ttl_seconds: number; readonly now: number; readonly issuer?: string },
): Promise<string> => {
  const signing: SigningKey = typeof key === "string" || key instanceof Uint8Array ? { alg: "HS256", secret: key } : key
  const from_seconds = Math.floor(options.now / 1000)
  const jwt = new SignJWT(claimsOf(caller))
    .setSubject(caller.id)
    .setIssuer(options.issuer ?? issuer_default)
    .setAudience(audience)
    .setIssuedAt(from_seconds)
    .setExpirationTime(from_seconds + options.ttl_seconds)
  if (signing.alg === "HS256") return jwt.setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(secretBytes(signing.secret))
  const privateKey = await importPKCS8(signing.privateKey_pem, "EdDSA")
  return jwt.setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: signing.kid }).sign(privateKey)
}

const invalid = (detail: string): Problem =>
  problem({
    status: 401,
    rule: "AUTH_INVALID",
    detail,
    hint_zh: "令牌无效，请重新获取令牌",
    hint_en: "The token is not valid: get a new one",
  })

const expired = (): Problem =>
  problem({
    status: 401,
    rule: "AUTH_EXPIRED",
    hint_zh: "令牌已过期，请重新获取令牌",
    hint_en: "The token has expired: get a new one",
  })

const callerOf = (payload: JWTPayload): Either<Problem, Caller> => {
  const parsed = callerSchema.safeParse({ ...payload, id: payload.sub })
  return parsed.success ? right(parsed.data) : left(invalid("the token names no caller this ledger knows"))
}

/** A key object (not bytes) spares importing the secret for every token. */
const keyResolver = (key: VerifyingKey): JWTVerifyGetKey => {
  if (key.alg === "HS256") {
    const secret = createSecretKey(secretBytes(key.secret))
    return async () => secret
  }
  return key.jwks instanceof URL ? createRemoteJWKSet(key.jwks) : createLocalJWKSet(key.jwks)
}

/** A caller sends the same token for minutes, and a check costs more (some 200 us) than most requests. */
const remembered_max = 10_000
/** A key taken out of the published set stops opening doors after this long. */
const remember_ms = 60_000

type Remembered = { readonly outcome: Either<Problem, Caller>; readonly until: number }

/**
 * Checks signature, algorithm, issuer, audience and time. `now` gives ms since 1970; `leeway_seconds` forgives clocks that differ.
 * A token signed with another algorithm than the key's is refused, whatever its header says.
 */
export const createVerifier = (
  key: VerifyingKey,
  options: { readonly now: () => number; readonly issuer?: string; readonly leeway_seconds?: number },
): Verifier => {
  const keyFor = keyResolver(key)
  const leeway_seconds = options.leeway_seconds ?? 5
  const remembered = new LRUCache<string, Remembered>({ max: remembered_max })
  const check = async (token: string, now: number): Promise<Either<Problem, Caller>> => {
    const { payload } = await jwtVerify(token, keyFor, {
      algorithms: [key.alg],
      issuer: options.issuer ?? issuer_default,
      audience,
      currentDate: new Date(now),
      clockTolerance: leeway_seconds,
      requiredClaims: ["sub", "exp", "iat"],
    })
    const outcome = callerOf(payload)
    const expires = ((payload.exp ?? 0) + leeway_seconds) * 1000
    remembered.set(token, { outcome, until: Math.min(expires, now + remember_ms) })
    return outcome
  }
  return async (token) => {
    const now = options.now()
    const known = remembered.get(token)
    if (known !== undefined && now < known.until) return known.outcome
    try {
      return await check(token, now)
    } catch (error) {
      if (error instanceof errors.JWTExpired) return left(expired())
      if (error instanceof errors.JOSEError) return left(invalid(error.code))
      throw error
    }
  }
}
