/** Facts of an explanation. */

/** Whether a fact's months (`2023-01..2023-03 2023-05`) hold the month; a fact about no month holds none. */
export const covers = (months: string | null, month: string): boolean =>
  (months ?? "")
    .split(" ")
    .filter((one) => one !== "")
    .some((one) => {
      const [from = "", to = from] = one.split("..")
      return from <= month && month <= to
    })
