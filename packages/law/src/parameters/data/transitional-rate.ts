/**
 * Rate a year of the transitional pension 过渡性养老金, as determination forms show it. Provinces that are missing use another formula or
 * no form was found; published comparison tables contradict the forms for nine provinces and are not used.
 */
import type { Row } from "../row.js"

export const transitionalRates: readonly Row[] = [
  { province: "12", from: "2006-01", to: null, value: "0.01", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 4 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "62", from: "2006-01", to: null, value: "0.012", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 3 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "23", from: "2006-01", to: null, value: "0.012", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 4 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "42", from: "2006-01", to: null, value: "0.012", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 3 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "32", from: "2006-01", to: null, value: "0.012", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 4 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "34", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "35", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "43", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 3 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "36", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 3 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "14", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 2 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "65", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "53", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "22", from: "2006-01", to: null, value: "0.014", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "61", from: "2006-01", to: null, value: "0.014", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "54", from: "2006-01", to: null, value: "0.014", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "33", from: "2006-01", to: null, value: "0.014", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "45", from: "2006-01", to: null, value: "0.014", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "37", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "secondary", note: "seen on 1 form(s) of 2022-2026; taken for the whole time of 国发〔2005〕38号" },
  { province: "41", from: "2006-01", to: null, value: "0.013", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "low", note: "no form matched: from a published table" },
  { province: "52", from: "2006-01", to: null, value: "0.014", source: "recomputed forms in worked-examples.json (github liubigfatty/pension-calculator)", confidence: "low", note: "no form matched: from a published table" },
  { province: "15", from: "2006-01", to: null, value: "0.012", source: "one determination form of 2025-09 recomputed to the fen (worked-examples.json)", confidence: "low", note: "of the base alone, without the index (pension-practice/15/transitional-formula)" },
]
