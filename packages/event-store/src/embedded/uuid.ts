/** UUID text to 16 bytes and back, without an intermediate string on the way in: this runs once per event. */

const nibbleOfCode = new Int8Array(128).fill(-1)
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16)
  nibbleOfCode[digit.charCodeAt(0)] = value
  nibbleOfCode[digit.toUpperCase().charCodeAt(0)] = value
}

/** Text offset of each byte's first digit in `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. */
const digitOffsets = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const

const byteAt = (id: string, offset: number): number => {
  const high = nibbleOfCode[id.charCodeAt(offset)] ?? -1
  const low = nibbleOfCode[id.charCodeAt(offset + 1)] ?? -1
  return high < 0 || low < 0 ? -1 : (high << 4) | low
}

/** Throws on text that is not a UUID: ids are made by our own code, so a bad one is a programming error. */
export const assertUuid = (id: string): void => {
  let good = id.length === 36 && id[8] === "-" && id[13] === "-" && id[18] === "-" && id[23] === "-"
  for (let index = 0; good && index < 16; index += 1) good = byteAt(id, digitOffsets[index] ?? 0) >= 0
  if (!good) throw new Error(`event id ${JSON.stringify(id)} is not a UUID`)
}

export const writeUuid = (target: Buffer, offset: number, id: string): void => {
  for (let index = 0; index < 16; index += 1) target[offset + index] = byteAt(id, digitOffsets[index] ?? 0)
}

/** Lower case, whatever the case it was written in. */
export const readUuid = (source: Buffer, offset: number): string => {
  const hex = source.toString("hex", offset, offset + 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const uuidEquals = (source: Buffer, offset: number, id: string): boolean => {
  if (id.length !== 36) return false
  for (let index = 0; index < 16; index += 1) {
    if (source[offset + index] !== byteAt(id, digitOffsets[index] ?? 0)) return false
  }
  return true
}
