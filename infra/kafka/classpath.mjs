// The broker's jars, as Maven resolves them; remembered, so that the second start needs no Maven.
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { cacheFolder, cannot } from "./settings.mjs"

const pom = join(dirname(fileURLToPath(import.meta.url)), "pom.xml")

export const giveUp = (text) => {
  console.error(text)
  process.exit(cannot)
}

const answers = (command, args) => {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  } catch {
    return null
  }
}

/** The java command, 17 or newer (Kafka 4 brokers ask for 17). */
export const findJava = (env) => {
  const java = env.JAVA_HOME === undefined ? "java" : join(env.JAVA_HOME, "bin/java")
  const settings = answers(java, ["-XshowSettings:properties", "-version"])
  if (settings === null)
    giveUp(
      "Kafka needs a Java virtual machine: none was found. Install one (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.",
    )
  const probe = answers(java, ["--version"]) ?? ""
  const major = Number(/(\d+)/.exec(probe)?.[1] ?? 0)
  if (major < 17) giveUp(`Kafka needs Java 17 or newer; ${java} is ${major === 0 ? "older" : major}.`)
  return java
}

export const versionInPom = () => /<kafka\.version>([^<]+)</.exec(readFileSync(pom, "utf8"))[1]

/** Paths of the jars, joined for `java -cp`. */
export const classpathOf = (version) => {
  if (!/^[\d.]+$/.test(version)) throw new Error(`not a version of Kafka: ${version}`)
  const remembered = join(cacheFolder, `classpath-${version}`)
  if (existsSync(remembered)) {
    const text = readFileSync(remembered, "utf8")
    if (text !== "" && text.split(delimiter).every((jar) => existsSync(jar))) return text
  }
  if (answers("mvn", ["-version"]) === null)
    giveUp("The broker's jars come through Maven: `mvn` was not found. Install it (Debian: apt-get install maven).")
  mkdirSync(cacheFolder, { recursive: true })
  console.error(`kafka · asking Maven for the jars of Apache Kafka ${version} (once) …`)
  const goal = [
    "-q",
    "-B",
    "-f",
    pom,
    `-Dkafka.version=${version}`,
    "dependency:build-classpath",
    `-Dmdep.outputFile=${remembered}`,
  ]
  try {
    execFileSync("mvn", goal, { stdio: ["ignore", 2, 2] })
  } catch {
    giveUp(`Maven could not bring the jars of Apache Kafka ${version}; its message stands above.`)
  }
  return readFileSync(remembered, "utf8").trim()
}
