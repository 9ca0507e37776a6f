// Installs Debian's Chromium and a Chinese font where apt can, so that the console's browser tests run. Says so and succeeds where it cannot.
import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"

const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
const found = () => browsers.find((path) => path !== undefined && existsSync(path))
const options = { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }

if (found() === undefined && existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
  try {
    execFileSync("apt-get", ["update", "-qq"], { ...options, timeout: 120_000 })
    const packages = ["chromium", "fonts-noto-cjk"]
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { ...options, timeout: 300_000 })
  } catch (error) {
    console.error(`Chromium could not be installed: ${error.message}`)
  }
}
console.log(found() === undefined ? "no Chromium: the console's browser tests will be skipped" : `Chromium: ${found()}`)
