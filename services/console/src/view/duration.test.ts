import { expect, it } from "vitest"
import { duration } from "./duration.js"

it.each([
  [0, "0 秒", "0 s"],
  [8.4, "8 秒", "8 s"],
  [60, "1 分", "1 min"],
  [200, "3 分 20 秒", "3 min 20 s"],
  [7_500, "2 小时 5 分", "2 h 5 min"],
  [349_200, "4 天 1 小时", "4 d 1 h"],
])("%d seconds", (seconds, zh, en) => {
  expect(duration(seconds, "zh")).toBe(zh)
  expect(duration(seconds, "en")).toBe(en)
})
