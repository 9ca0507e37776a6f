/** Refusals of this service as problems and as reasons in events; the texts are those of the catalogue in contracts. */
import { describeRefusal, type Refusal } from "@tongzhang/contracts/refusals"
import { type Problem, problem } from "@tongzhang/service-kit/problem"

/** The refusal as an answer over HTTP. */
export const refuse = (refusal: Refusal): Problem => problem(describeRefusal(refusal))

/** The refusal as the reason written into an event: both languages, at most 200 characters. */
export const reasonText = (refusal: Refusal): string => {
  const { rule, hint_zh, hint_en } = describeRefusal(refusal)
  return `${rule} ${hint_zh} / ${hint_en}`.slice(0, 200)
}
