/**
 * Masks anything shaped like a citizen ID number (公民身份号码), so that none reaches a log line or an error answer. By shape, not
 * by check digit: a mistyped number still tells who is meant.
 */

const date6 = String.raw`\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`
/** region, birth date, sequence and check digit; people also type blanks or hyphens between the parts */
const long = String.raw`(?<!\d)([1-9]\d{5})[ -]?(?:18|19|20)${date6}[ -]?\d{3}[\dXx](?!\d)`
/** numbers from before 1999 have 15 digits; a fraction such as 0.310101900101123 is none */
const short = String.raw`(?<![\d.])([1-9]\d{5})${date6}\d{3}(?!\d)`
/** full-width digits, as Chinese input methods give them */
const wide = String.raw`([１-９][０-９]{5})[０-９]{11}[０-９ＸｘXx]`
const pattern = new RegExp(`${long}|${short}|${wide}`, "gu")

/** `310101************`: the region (6 digits) stays, since it helps to find the sender and names nobody. */
export const redactIds = (text: string): string =>
  text.replace(pattern, (match, long?: string, short?: string, wide?: string) => {
    const region = long ?? short ?? wide ?? ""
    return region + "*".repeat(match.length - region.length)
  })

/** As `redactIds`, for a whole JSON line: a bare number stays a number, so that the line still parses. */
export const redactJsonLine = (line: string): string =>
  redactIds(line.replace(/(?<=[:[,])[1-9]\d{17}(?=[,}\]])/gu, (digits) => `${digits.slice(0, 6)}${"0".repeat(12)}`))
