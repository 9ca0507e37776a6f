/** One part of `npm run bench`, started by main.ts. */
import { assessment } from "./assessment.ts"
import { books } from "./books.ts"
import type { Figure } from "./figures.ts"
import { fill } from "./fill.ts"
import { intake } from "./intake.ts"
import { memory } from "./memory.ts"
import { projection } from "./projection.ts"
import { proof } from "./proof.ts"
import { replay } from "./replay.ts"
import { servePart } from "./run-part.ts"
import type { PartInput } from "./setting.ts"
import { standalone } from "./standalone.ts"

await servePart<Omit<PartInput, "say">, readonly Figure[]>({
  intake,
  fill,
  projection,
  proof,
  replay,
  books,
  memory,
  standalone,
  assessment,
})
