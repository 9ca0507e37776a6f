// Builds the three images `npm run test:containers` needs where no registry can be reached: Kafka from its jars, PostgreSQL from
// Debian's package, and, in the place of EventStoreDB, the test node, which is no database and says so in its name and label.
import { execFileSync } from "node:child_process"
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { classpathOf, versionInPom } from "../kafka/classpath.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, "../..")

const usage = `node infra/containers/build.mjs [--base IMAGE | --rootfs FOLDER] [--prefix tongzhang-local]

  --base    an image of Debian with bash, PostgreSQL and a JRE that is there already
  --rootfs  a folder with such a Debian, as debootstrap leaves it; imported as the base
  neither   debootstrap makes one (as root; DEBIAN_MIRROR names the mirror, DEBIAN_SUITE the release, default bookworm)
  --prefix  before the images' names

Needs a container engine (DOCKER_HOST), Maven for Kafka's jars, and a built project (npm run build).`

const { values } = parseArgs({
  options: {
    base: { type: "string" },
    rootfs: { type: "string" },
    prefix: { type: "string", default: "tongzhang-local" },
    help: { type: "boolean", default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

const say = (text) => console.error(`containers · ${text}`)
const run = (command, args, env = {}) => execFileSync(command, args, { stdio: ["ignore", 2, 2], env: { ...process.env, ...env } })

/** A Debian with what the images share; packages come with it, because an image without a network cannot install any. */
const debianRoot = (folder) => {
  say("debootstrap makes a Debian with a JRE and PostgreSQL …")
  const { DEBIAN_SUITE = "bookworm", DEBIAN_MIRROR } = process.env
  const packages = "ca-certificates,openjdk-17-jre-headless,postgresql"
  const mirror = DEBIAN_MIRROR === undefined ? [] : [DEBIAN_MIRROR]
  run("debootstrap", ["--variant=minbase", `--include=${packages}`, DEBIAN_SUITE, folder, ...mirror])
  return folder
}

const importRoot = (folder, image) => {
  say(`importing ${folder} as ${image} …`)
  const excluded = ["./proc/*", "./sys/*", "./var/cache/apt/*", "./var/lib/apt/lists/*", "./usr/share/doc/*"]
  const script = 'tar -C "$1" "${@:3}" -c . | docker import - "$2"'
  run("bash", ["-o", "pipefail", "-c", script, "import", folder, image, ...excluded.map((path) => `--exclude=${path}`)])
}

/** Folders of node_modules that a workspace package needs to run: found by its dependencies, and theirs. */
const closureOf = (name) => {
  const found = new Set()
  const visit = (dependency) => {
    const folder = join(root, "node_modules", dependency)
    if (found.has(dependency) || !existsSync(folder)) return
    found.add(dependency)
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next)
  }
  visit(name)
  return [...found]
}

/** The built test node and everything it imports, at the paths it has here. */
const layTestNode = (context) => {
  for (const name of closureOf("@tongzhang/testing")) {
    const own = name.startsWith("@tongzhang/")
    const from = join(root, "node_modules", name)
    const to = join(context, "app/node_modules", name)
    cpSync(from, to, { recursive: true, dereference: own, filter: (path) => !own || !/\/(src|node_modules)$/.test(path) })
  }
  cpSync(join(context, "app/node_modules/@tongzhang/testing"), join(context, "app/packages/testing"), { recursive: true })
  copyFileSync(process.execPath, join(context, "node"))
}

const layKafka = (context) => {
  mkdirSync(join(context, "libs"))
  for (const jar of classpathOf(versionInPom()).split(delimiter)) copyFileSync(jar, join(context, "libs", basename(jar)))
}

const work = mkdtempSync(join(tmpdir(), "tongzhang-images-"))
try {
  const base = values.base ?? `${values.prefix}/base:1`
  if (values.base === undefined) importRoot(values.rootfs ?? debianRoot(join(work, "debian")), base)
  const build = (folder, name, lay) => {
    const image = `${values.prefix}/${name}`
    say(`building ${image} …`)
    const context = join(work, folder)
    cpSync(join(here, folder), context, { recursive: true })
    lay(context)
    // The classic builder: BuildKit is a plugin that a bare engine lacks.
    run("docker", ["build", "--build-arg", `BASE=${base}`, "-t", image, context], { DOCKER_BUILDKIT: "0" })
    return image
  }
  const kafka = build("kafka", `kafka:${versionInPom()}`, layKafka)
  const postgres = build("postgres", "postgres:debian", () => {})
  const node = build("event-store-test-node", "event-store-test-node:not-a-database", layTestNode)
  console.log(`KAFKA_IMAGE=${kafka} POSTGRES_IMAGE=${postgres} EVENTSTORE_IMAGE=${node}`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
