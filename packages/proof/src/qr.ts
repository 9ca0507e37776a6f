/** A receipt in QR codes: several, each small enough to be read off a screen, in any order. */

/** Version 25 with little redundancy: 117 modules a side. */
const part_chars_max = 1_200
const form = /^TZR1 ([0-9a-z]{1,8}) ([1-9][0-9]?)\/([1-9][0-9]?) ([\s\S]+)$/u

/** Tells the parts of one receipt from those of another; no security hangs on it. */
const tagOf = (text: string): string => {
  let sum = 7
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 2 ** 31
  return sum.toString(36)
}

/** Texts for one QR code each. */
export const qrParts = (receipt: string): readonly string[] => {
  const count = Math.ceil(receipt.length / part_chars_max)
  const tag = tagOf(receipt)
  return Array.from(
    { length: count },
    (_, i) => `TZR1 ${tag} ${i + 1}/${count} ${receipt.slice(i * part_chars_max, (i + 1) * part_chars_max)}`,
  )
}

export type Joined = { readonly receipt: string } | { readonly have: number; readonly of: number }

/** Puts the parts seen so far together; parts of the receipt seen last count. Null when none of them is one. */
export const joinParts = (seen: Iterable<string>): Joined | null => {
  const parts = [...seen].flatMap((text) => {
    const [, tag, number, of, chunk = ""] = form.exec(text) ?? []
    return tag === undefined ? [] : [{ tag, number: Number(number), of: Number(of), chunk }]
  })
  const last = parts.at(-1)
  if (last === undefined) return null
  const mine = new Map(
    parts.filter(({ tag, of }) => tag === last.tag && of === last.of).map(({ number, chunk }) => [number, chunk]),
  )
  if (mine.size < last.of) return { have: mine.size, of: last.of }
  const receipt = [...mine]
    .toSorted(([a], [b]) => a - b)
    .map(([, chunk]) => chunk)
    .join("")
  return tagOf(receipt) === last.tag ? { receipt } : { have: 0, of: last.of }
}
