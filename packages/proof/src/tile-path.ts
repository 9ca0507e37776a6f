/** Where things lie in a static log (c2sp.org/tlog-tiles): `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`, `checkpoint`. */

/** Hashes per full tile and entries per full bundle (height 8). */
export const tileWidth = 256
export const checkpointPath = "checkpoint"

/** 1234067 -> `x001/x234/067`. */
const indexPath = (index: number): string => {
  const parts = [String(index % 1000).padStart(3, "0")]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`)
  return parts.join("/")
}

const widthSuffix = (width: number): string => (width === tileWidth ? "" : `.p/${width}`)

/** @param width 1-256; 256 is the full tile */
export const tilePath = (level: number, index: number, width: number): string =>
  `tile/${level}/${indexPath(index)}${widthSuffix(width)}`
export const bundlePath = (index: number, width: number): string => `tile/entries/${indexPath(index)}${widthSuffix(width)}`
/** Folder of the partial tiles that a full one replaces. */
export const partialsOf = (fullPath: string): string => `${fullPath}.p`

/** The full tile that replaces a partial one; a full one's own path. */
export const fullOf = (path: string): string => path.replace(/\.p\/[0-9]+$/u, "")

/** A path that a static log can have; anything else is not served. */
export const isLogPath = (path: string): boolean =>
  path === checkpointPath ||
  /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/(x[0-9]{3}\/)*[0-9]{3}(\.p\/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?$/u.test(
    path,
  )
