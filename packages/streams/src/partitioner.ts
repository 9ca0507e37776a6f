/**
 * Kafka's default partitioner, so that the embedded log and a Kafka cluster put a key on the same partition number:
 * `(murmur2(key bytes) & 0x7fffffff) % partitions`. kafkajs's default (Java-compatible) partitioner computes the same.
 */

const seed = 0x9747b28c
const multiplier = 0x5bd1e995

/** MurmurHash2, 32 bit, with the seed Kafka uses. Returns a signed 32-bit integer as the Java client does. */
export const murmur2 = (bytes: Uint8Array, length = bytes.length): number => {
  let hash = (seed ^ length) | 0
  const words = length >> 2
  for (let word = 0; word < words; word++) {
    const at = word << 2
    let k = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    k = Math.imul(k, multiplier)
    k ^= k >>> 24
    k = Math.imul(k, multiplier)
    hash = Math.imul(hash, multiplier) ^ k
  }
  const tail = words << 2
  const rest = length - tail
  if (rest === 3) hash ^= bytes[tail + 2]! << 16
  if (rest >= 2) hash ^= bytes[tail + 1]! << 8
  if (rest >= 1) hash = Math.imul(hash ^ bytes[tail]!, multiplier)
  hash ^= hash >>> 13
  hash = Math.imul(hash, multiplier)
  return hash ^ (hash >>> 15)
}

/** The partition of a key given as UTF-8 bytes (only the first `length` of them count). */
export const partitionOf = (keyBytes: Uint8Array, partitions: number, length = keyBytes.length): number =>
  (murmur2(keyBytes, length) & 0x7fffffff) % partitions
