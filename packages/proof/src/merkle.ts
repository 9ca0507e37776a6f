/**
 * RFC 6962 §2.1: hashes of leaves and nodes, and the checks of both proofs. Sizes and indexes are whole numbers below 2^53, so
 * halves are taken by division: bit operations would stop at 2^31.
 */
import { sameBytes } from "./bytes.js"
import { sha256 } from "./sha256.js"

export type Hash = Uint8Array
export const hash_bytes = 32

/** Entries are small and of one length: their messages are made in one place. */
let leafScratch = new Uint8Array(0)

export const leafHash = (entry: Uint8Array): Hash => {
  if (leafScratch.length !== entry.length + 1) leafScratch = new Uint8Array(entry.length + 1)
  leafScratch.set(entry, 1)
  return sha256(leafScratch)
}

/** One scratch for all: the hash is taken before anything else can run. */
const scratch = new Uint8Array(1 + 2 * hash_bytes)
scratch[0] = 1

export const nodeHash = (left: Hash, right: Hash): Hash => {
  scratch.set(left, 1)
  scratch.set(right, 1 + hash_bytes)
  return sha256(scratch)
}

/** The root of no entries at all. */
export const emptyRoot = (): Hash => sha256(new Uint8Array(0))

/** Largest power of two below `size`; `size` > 1. */
export const splitOf = (size: number): number => {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

const isEven = (value: number): boolean => value % 2 === 0
const half = (value: number): number => Math.floor(value / 2)

/** The root that a proof of inclusion leads to; null when the proof is too short or too long (RFC 9162 §2.1.3.2). */
export const rootFromInclusion = (leaf: Hash, index: number, size: number, proof: readonly Hash[]): Hash | null => {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null
  let [node, last, root] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return null
    if (!isEven(node) || node === last) {
      root = nodeHash(sibling, root)
      while (isEven(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else root = nodeHash(root, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 ? root : null
}

export const verifyInclusion = (leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean => {
  const reached = rootFromInclusion(leaf, index, size, proof)
  return reached !== null && sameBytes(reached, root)
}

type Tree = { readonly size: number; readonly root: Hash }

/** True when the larger tree begins with all entries of the smaller (RFC 9162 §2.1.4.2). */
export const verifyConsistency = (smaller: Tree, larger: Tree, proof: readonly Hash[]): boolean => {
  if (smaller.size > larger.size || smaller.size < 0) return false
  if (smaller.size === larger.size) return proof.length === 0 && sameBytes(smaller.root, larger.root)
  if (smaller.size === 0) return proof.length === 0
  let [node, last] = [smaller.size - 1, larger.size - 1]
  while (!isEven(node)) [node, last] = [half(node), half(last)]
  const path = node === 0 ? [smaller.root, ...proof] : proof
  const [seed, ...rest] = path
  if (seed === undefined) return false
  let [first, second] = [seed, seed]
  for (const sibling of rest) {
    if (last === 0) return false
    if (!isEven(node) || node === last) {
      first = nodeHash(sibling, first)
      second = nodeHash(sibling, second)
      while (isEven(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else second = nodeHash(second, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && sameBytes(first, smaller.root) && sameBytes(second, larger.root)
}
