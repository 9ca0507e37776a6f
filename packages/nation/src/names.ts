/**
 * Names that read like names and are nobody's: the surnames are words of weather, stone and light that are not family names
 * in any common use, so that no row can be taken for a record of a living person. All characters exist in GBK.
 */
import type { Sex } from "@tongzhang/domain/codes"
import type { Dice } from "./random.js"

const surnames = "霁岚汐澜砚墨笺弦琉璃熠煜曜晖曦朔望霜露霖霏霓虹岩嶂岫峦涧溪湫汀渚洲屿汛潮浪沫瀑泉潭沼".split("")
const doubles = ["星野", "云岫", "松涛", "听雨", "望舒", "长庚", "启明", "沧浪"]
const given: Readonly<Record<Sex, readonly string[]>> = {
  male: "远志宏毅坚石川岳松柏航帆骏驰峻涛恒铭哲睿".split(""),
  female: "婉清雅静芷兰菱荷莺燕蕊薇琴韵棠梨绮罗素月".split(""),
}
const shared = "明安乐宁平和春秋晓文思行知书画一二三百千万".split("")

export const fictionalName = (dice: Dice, sex: Sex): string => {
  const surname = dice.chance(0.04) ? dice.pick(doubles) : dice.pick(surnames)
  const first = dice.pick(given[sex])
  return dice.chance(0.25) ? `${surname}${first}` : `${surname}${dice.pick(shared)}${first}`
}
