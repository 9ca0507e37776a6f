/** The walls of the house (docs/architecture.md): layers only point down, and no service knows another. */
import { describe, expect, it } from "vitest"
import { importsOf, manifestOf, sources, units } from "./sources.js"

/** Bottom up. A unit may import units of a lower layer, and of its own layer where the second table says so. */
const layers: readonly (readonly string[])[] = [
  // The checker shares nothing with what it checks; that nobody below the services uses it either has a test of its own.
  ["packages/domain", "packages/explanation-checker"],
  ["packages/law", "packages/contracts", "packages/postgres"],
  ["packages/event-store", "packages/streams", "packages/identity", "packages/record", "packages/proof"],
  ["packages/service-kit", "packages/nation", "packages/testing", "packages/entitlement"],
  // Opens the engines a process's settings name, so that neither the kit nor a service knows every adapter (ADR 6).
  ["packages/engines"],
  [
    "services/intake",
    "services/projector",
    "services/relay",
    "services/transfer",
    "services/duplicates",
    "services/national",
    "services/audit",
    "services/console",
  ],
  ["services/standalone"],
]
/** The record reads the event store to answer "as known at"; the proof follows it. */
const sideways: readonly string[] = ["packages/record -> packages/event-store", "packages/proof -> packages/event-store"]

const layerOf = (unit: string): number => layers.findIndex((layer) => layer.includes(unit))
const unitOf = (module: string): string | null => {
  const name = /^@tongzhang\/([^/]+)/.exec(module)?.[1]
  if (name === undefined) return null
  return units.find((unit) => unit.endsWith(`/${name}`)) ?? `unknown/${name}`
}
const allowed = (from: string, to: string): boolean =>
  from === to || layerOf(to) < layerOf(from) || sideways.includes(`${from} -> ${to}`)

describe("the walls of the house", () => {
  it("every package and service has a layer", () => {
    expect(units.filter((unit) => layerOf(unit) < 0)).toEqual([])
  })

  it("no import points upward or between services", () => {
    const broken = sources
      .filter((source) => !source.isTest)
      .flatMap((source) =>
        importsOf(source).flatMap((module) => {
          const to = unitOf(module)
          return to === null || allowed(source.unit, to) ? [] : [`${source.path} imports ${module}`]
        }),
      )
    expect(broken).toEqual([])
  })

  it("the explanation checker is used by programs and tests only, never by the rules it checks", () => {
    const users = sources
      .filter((source) => !source.isTest && source.unit !== "packages/explanation-checker")
      .filter((source) => importsOf(source).some((module) => module.startsWith("@tongzhang/explanation-checker/")))
      .map((source) => source.unit)
    expect(users.filter((unit) => !unit.startsWith("services/"))).toEqual([])
  })

  it("tests, too, import no other service", () => {
    const broken = sources
      .filter((source) => source.isTest && source.unit.startsWith("services/") && source.unit !== "services/standalone")
      .flatMap((source) =>
        importsOf(source).flatMap((module) => {
          const to = unitOf(module)
          return to === null || to === source.unit || !to.startsWith("services/") ? [] : [`${source.path} imports ${module}`]
        }),
      )
    expect(broken).toEqual([])
  })

  it("nobody reaches into another unit by a relative path", () => {
    const broken = sources.flatMap((source) => {
      const depth = source.path.split("/").length - 3
      return importsOf(source)
        .filter((module) => module.startsWith("../") && module.split("../").length - 1 > depth)
        .map((module) => `${source.path} imports ${module}`)
    })
    expect(broken).toEqual([])
  })

  it("what is imported is declared, and what is declared of ours is imported", () => {
    const broken = units.flatMap((unit) => {
      const declared = new Set(Object.keys(manifestOf(unit).dependencies ?? {}))
      const mine = sources.filter((source) => source.unit === unit)
      const used = new Set(
        mine
          .filter((source) => !source.isTest)
          .flatMap(importsOf)
          .flatMap((module) => packageOf(module) ?? []),
      )
      const inTests = new Set(mine.flatMap(importsOf).flatMap((module) => packageOf(module) ?? []))
      const missing = [...used].filter((name) => !declared.has(name) && name !== manifestOf(unit).name && name !== "vitest")
      const idle = [...declared].filter((name) => name.startsWith("@tongzhang/") && !inTests.has(name))
      return [
        ...missing.map((name) => `${unit} does not declare ${name}`),
        ...idle.map((name) => `${unit} declares ${name} and never imports it`),
      ]
    })
    expect(broken).toEqual([])
  })
})

/** `fp-ts/lib/Either.js` -> `fp-ts`; null for relative and `node:` modules. */
const packageOf = (module: string): string | null => {
  if (module === "" || module.startsWith(".") || module.startsWith("node:")) return null
  const parts = module.split("/")
  return module.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? null)
}
