/** Cases of a person: which come first, and who holds them. */

/** The open ones first, otherwise in their order. */
export const openFirst = <T extends { readonly open: boolean }>(cases: readonly T[]): T[] => [
  ...cases.filter((one) => one.open),
  ...cases.filter((one) => !one.open),
]

/** 人社部发〔2009〕187号: the receiving province writes the letter and books; the former province states and sends the money. */
export const actorOfStep = (step: "letter" | "statement" | "money" | "booking", from: string, to: string): string =>
  step === "statement" || step === "money" ? from : to
