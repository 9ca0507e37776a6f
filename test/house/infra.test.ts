/** What is handed to operators agrees with the code: every variable named there exists, every service is there. Parsed, not run. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { settings as audit } from "@tongzhang/audit/settings"
import { settings as duplicates } from "@tongzhang/duplicates/settings"
import { settings as intake } from "@tongzhang/intake/settings"
import { settings as national } from "@tongzhang/national/settings"
import { settings as projector } from "@tongzhang/projector/settings"
import { settings as relay } from "@tongzhang/relay/settings"
import { settings as transfer } from "@tongzhang/transfer/settings"
import { isConfigError, readConfig } from "@tongzhang/service-kit/config"
import { describe, expect, it } from "vitest"
import { parse, parseAllDocuments } from "yaml"
import type { z } from "zod"
import { root } from "./sources.ts"

const services = { intake, projector, relay, transfer, duplicates, national, audit } as const
const names = Object.keys(services) as (keyof typeof services)[]
const needed = (schema: z.ZodObject): string[] =>
  Object.entries(schema.shape)
    .filter(([, field]) => !(field as z.ZodType).safeParse(undefined).success)
    .map(([name]) => name)
const doors = names.filter((name) => "TOKEN_SECRET" in services[name].shape)
const text = (path: string): string => readFileSync(join(root, path), "utf8")

const read = (schema: z.ZodObject, env: Record<string, string>): string => {
  let table = ""
  try {
    readConfig(schema, env, (printed) => (table += printed))
  } catch (error) {
    if (!isConfigError(error)) throw error
  }
  return table
}

const right: Record<string, string> = {
  EVENT_STORE_URL: "esdb+discover://user:secret@events:2113?tls=true",
  KAFKA_BROKERS: "one:9092, two:9092",
  DATABASE_URL: "postgres://user:secret@db:5432/tongzhang",
  IDENTITY_SECRET: "i".repeat(32),
  MASTER_SECRET: "m".repeat(32),
  TOKEN_SECRET: "t".repeat(32),
  DATA_DIR: "/data",
}
const wrong: Record<string, readonly [value: string, message: RegExp]> = {
  PORT: ["99999", /PORT +Too big/],
  LOG_LEVEL: ["loud", /LOG_LEVEL +Invalid option/],
  STOP_SECONDS_MAX: ["soon", /STOP_SECONDS_MAX +Invalid input/],
  READY_LAG_SECONDS_MAX: ["0", /READY_LAG_SECONDS_MAX +Too small/],
  EVENT_STORE_URL: ["http://events:2113", /EVENT_STORE_URL +is no EventStoreDB connection string +EVENT_STORE_URL=esdb/],
  KAFKA_BROKERS: ["kafka", /KAFKA_BROKERS +is no list of host:port/],
  KAFKA_PREFIX: ["Übung", /KAFKA_PREFIX +takes small letters/],
  DATABASE_URL: ["mysql://db", /DATABASE_URL +is no PostgreSQL connection string/],
  RECORD_SCHEMA: ["record; drop", /RECORD_SCHEMA +takes small letters/],
  RECORD_PARTITIONS: ["0", /RECORD_PARTITIONS +Too small/],
  IDENTITY_SECRET: ["short", /IDENTITY_SECRET +has fewer than 32 characters/],
  MASTER_SECRET: ["short", /MASTER_SECRET +has fewer than 32 characters/],
  TOKEN_SECRET: ["short", /TOKEN_SECRET +has fewer than 32 characters/],
  TOKEN_JWKS_URL: ["issuer", /TOKEN_JWKS_URL +is no URL/],
}

describe.each(names)("the environment of %s", (name) => {
  const schema: z.ZodObject = services[name]
  const mine = Object.fromEntries(Object.entries(right).filter(([variable]) => variable in schema.shape))

  it("is enough when what it needs is set", () => {
    expect(read(schema, mine)).toBe("")
  })
  it("names all that is missing at once, each with an example", () => {
    const table = read(schema, {})
    for (const variable of [...needed(schema), ...(doors.includes(name) ? ["TOKEN_SECRET"] : [])])
      expect(table).toMatch(new RegExp(`${variable} +is missing +${variable}=\\S`))
  })
  it.each(Object.entries(wrong).filter(([variable]) => variable in schema.shape))(
    "says what is wrong with %s",
    (variable, [value, says]) => {
      const table = read(schema, { ...mine, [variable]: value })
      expect(table).toMatch(says)
      expect(table).not.toContain("secret@")
    },
  )
})

it("a service that answers callers wants one key for their tokens, not two", () => {
  const jwks = { TOKEN_JWKS_URL: "https://issuer/jwks.json" }
  for (const name of doors) {
    expect(read(services[name], { ...right, ...jwks })).toMatch(/TOKEN_SECRET +set this or TOKEN_JWKS_URL/)
    const { TOKEN_SECRET: _, ...rest } = right
    expect(read(services[name], { ...rest, ...jwks })).toBe("")
  }
})

describe("infra/compose", () => {
  type Compose = {
    readonly services: Record<string, { readonly command?: string[]; readonly environment?: Record<string, unknown> }>
  }
  const compose = parse(text("infra/compose/compose.yaml"), { merge: true }) as Compose

  it.each(names)("runs %s with variables it knows, and all it needs", (name) => {
    const { command, environment = {} } = compose.services[name] ?? {}
    expect(command).toEqual([`services/${name}/dist/main.js`])
    const given = Object.keys(environment)
    expect(given.filter((variable) => !(variable in services[name].shape))).toEqual([])
    expect(needed(services[name]).filter((variable) => !given.includes(variable))).toEqual([])
    if (doors.includes(name)) expect(given).toContain("TOKEN_SECRET")
  })
  it("asks for nothing that .env.example does not list", () => {
    const listed = new Set([...text("infra/compose/.env.example").matchAll(/^([A-Z_]+)=/gm)].map(([, variable]) => variable))
    const asked = [...text("infra/compose/compose.yaml").matchAll(/\$\{([A-Z_]+)/g)].map(([, variable]) => variable)
    expect(asked.filter((variable) => !listed.has(variable))).toEqual([])
  })
  it("the gateway and Prometheus know every service at its port", () => {
    const gateway = text("infra/compose/gateway/nginx.conf")
    const scraped = text("infra/compose/prometheus/prometheus.yml")
    for (const name of names) {
      const port = String(services[name].parse({ ...right }).PORT)
      expect(compose.services[name]?.environment?.["PORT"]).toBe(Number(port))
      expect(scraped).toContain(`${name}:${port}`)
      expect(gateway.includes(`location /${name}/ { set $to http://${name}:${port};`)).toBe(doors.includes(name))
    }
  })
  it("the dashboard and the alarms ask for metrics that exist", () => {
    const source = [
      "packages/engines/src/observed.ts",
      "packages/service-kit/src/health.ts",
      "packages/service-kit/src/metrics.ts",
    ]
      .map(text)
      .join("\n")
    const dashboard = JSON.parse(text("infra/compose/grafana/dashboards/tongzhang.json")) as {
      readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
    }
    const alarms = parse(text("infra/compose/prometheus/alarms.yml")) as {
      readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
    }
    const asked = [
      ...dashboard.panels.flatMap((panel) => panel.targets.map((target) => target.expr)),
      ...alarms.groups.flatMap((group) => group.rules.map((rule) => rule.expr)),
    ].flatMap((expr) => [...expr.matchAll(/\b(?:tongzhang|http)_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count)$/, "")))
    expect(asked.length).toBeGreaterThan(10)
    expect([...new Set(asked)].filter((name) => !source.includes(`"${name}"`))).toEqual([])
    const operations = text("docs/operations.md")
    expect(alarms.groups.flatMap((group) => group.rules).filter((rule) => !operations.includes(`| ${rule.alert} |`))).toEqual([])
  })
})

describe("infra/kubernetes", () => {
  type Named = { readonly name: string }
  type Container = {
    readonly args: string[]
    readonly env: Named[]
    readonly envFrom: { readonly configMapRef: Named }[]
    readonly ports: { readonly containerPort: number }[]
    readonly readinessProbe: { readonly httpGet: { readonly path: string } }
    readonly livenessProbe: { readonly httpGet: { readonly path: string } }
  }
  type Manifest = {
    readonly kind: string
    readonly metadata: Named
    readonly data?: Record<string, string>
    readonly stringData?: Record<string, string>
    readonly resources?: string[]
    readonly spec?: {
      readonly template?: { readonly spec: { readonly containers: readonly [Container] } }
      readonly scaleTargetRef?: Named
    }
  }
  const folder = "infra/kubernetes"
  const manifests = readdirSync(join(root, folder)).flatMap((file) =>
    parseAllDocuments(text(`${folder}/${file}`)).map((document) => {
      expect(document.errors).toEqual([])
      return document.toJS() as Manifest
    }),
  )
  const workloads = manifests.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet")
  const maps = new Map(
    manifests.filter(({ kind }) => kind === "ConfigMap").map(({ metadata, data }) => [metadata.name, data ?? {}]),
  )
  const secret = Object.keys(manifests.find(({ kind }) => kind === "Secret")?.stringData ?? {})

  it("has one workload and one address for every service, and applies every file that is no example", () => {
    expect(workloads.map(({ metadata }) => metadata.name).toSorted()).toEqual(names.toSorted())
    expect(
      manifests
        .filter(({ kind }) => kind === "Service")
        .map(({ metadata }) => metadata.name)
        .toSorted(),
    ).toEqual(names.toSorted())
    const applied = manifests.find(({ kind }) => kind === "Kustomization")?.resources?.toSorted()
    const files = readdirSync(join(root, folder)).filter((file) => !file.includes("example") && file !== "kustomization.yaml")
    expect(applied).toEqual(files.toSorted())
  })
  it.each(names)("gives %s variables it knows, and all it needs", (name) => {
    const container = workloads.find(({ metadata }) => metadata.name === name)?.spec?.template?.spec.containers[0]
    if (container === undefined) throw new Error("no container")
    const { env, envFrom, args, ports, readinessProbe, livenessProbe } = container
    const given = [
      ...env.map((variable) => variable.name),
      ...envFrom.flatMap(({ configMapRef }) => Object.keys(maps.get(configMapRef.name) ?? {})),
    ]
    expect(given.filter((variable) => !(variable in services[name].shape))).toEqual([])
    expect(needed(services[name]).filter((variable) => !given.includes(variable))).toEqual([])
    if (doors.includes(name)) expect(given).toContain("TOKEN_JWKS_URL")
    expect(args).toEqual([`services/${name}/dist/main.js`])
    expect(ports[0]?.containerPort).toBe(services[name].parse({ ...right }).PORT)
    expect([livenessProbe.httpGet.path, readinessProbe.httpGet.path]).toEqual(["/health", "/ready"])
  })
  it("takes every secret from the one secret, whose example lists them all", () => {
    const asked = names.flatMap((name) =>
      [...text(`${folder}/${name}.yaml`).matchAll(/secretKeyRef: { name: tongzhang, key: (\w+)(?:, optional: true)? }/g)].map(
        ([, key]) => key,
      ),
    )
    expect([...new Set(asked)].toSorted()).toEqual(secret.toSorted())
  })
  it("keeps the proof log on a volume, in Kubernetes and in compose", () => {
    const mounted = (path: string): RegExp => new RegExp(`PROOF_DIR(?:: |, value: )${path}/proof`)
    const workload = text(`${folder}/audit.yaml`)
    expect(workload).toMatch(mounted("/data"))
    expect(workload).toContain("mountPath: /data }")
    expect(workload).toMatch(/volumeClaimTemplates:[^]*name: data/)
    const compose = parse(text("infra/compose/compose.yaml"), { merge: true }) as {
      readonly services: Record<string, { readonly volumes?: string[]; readonly environment: Record<string, string> }>
    }
    expect(compose.services["audit"]?.environment["PROOF_DIR"]).toBe("/data/proof")
    expect(compose.services["audit"]?.volumes).toEqual(["audit:/data"])
  })
  it("scales only services that exist", () => {
    const scaled = manifests
      .filter(({ kind }) => kind === "HorizontalPodAutoscaler")
      .map(({ spec }) => spec?.scaleTargetRef?.name ?? "")
    expect(scaled.filter((name) => !names.includes(name as (typeof names)[number]))).toEqual([])
  })
})
