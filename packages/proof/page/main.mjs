// The offline page: a receipt pasted, loaded from a file, or read from QR codes; green or red. Nothing leaves the page.
import jsQR from "jsqr"
import { parseVkey } from "../src/note.ts"
import { joinParts } from "../src/qr.ts"
import { checkReceipt } from "../src/receipt.ts"

const $ = (id) => document.getElementById(id)
const seen = new Map()

const keysOf = (text) =>
  text
    .split(/\s+/u)
    .filter((line) => line !== "")
    .map(parseVkey)

const line = (list, name, value) => {
  const item = document.createElement("li")
  const strong = document.createElement("strong")
  strong.textContent = `${name} `
  item.append(strong, value)
  list.append(item)
}

const show = (state, title, lines = []) => {
  $("result").className = state
  $("title").textContent = title
  $("details").replaceChildren()
  for (const [name, value] of lines) line($("details"), name, value)
}

const yuan = (name, value) =>
  name.endsWith("_fen") && Number.isSafeInteger(value) ? `¥${(value / 100).toFixed(2)}` : JSON.stringify(value)
const local = (ms) => new Date(ms).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" })

const check = async () => {
  const text = $("receipt").value.replaceAll("\r\n", "\n").replace(/^\s+/u, "").trimEnd()
  if (text === "") return show("", "请粘贴、选择文件或扫描收据 Paste, load or scan a receipt")
  let keys
  try {
    keys = keysOf($("keys").value)
  } catch (error) {
    return show("red", "✗ 密钥无法读取 A key cannot be read", [["", String(error.message)]])
  }
  const [log, ...witnesses] = keys
  if (log === undefined) return show("red", "✗ 请填写账本的公钥 Whose ledger? Give its key")
  const result = await checkReceipt(`${text}\n`, log, witnesses, Number($("least").value) || 0)
  if (!result.ok) return show("red", `✗ 不可信 Do not trust this: ${result.problem}`, [["", result.what]])
  const event = JSON.parse(result.receipt.content)
  show("green", "✓ 属实 Proven", [
    ["事件 event", `${event.type} ${event.id}`],
    ["记录时间 recorded", local(result.receipt.recordedAt)],
    ["位置 place", `${result.receipt.index} / ${result.size}`],
    ...result.signed.map(({ key, time }) => [
      "签名 signed by",
      time === null ? key.name : `${key.name}（见证 witness, ${local(time * 1000)}）`,
    ]),
    ...Object.entries(event.data ?? {}).map(([name, value]) => [name, yuan(name, value)]),
  ])
}

const takeCode = (text) => {
  if (text === "") return
  const whole = text.startsWith("c2sp.org/tlog-proof") ? { receipt: text } : (seen.set(text, true), joinParts(seen.keys()))
  if (whole === null) return
  if ("receipt" in whole) {
    $("receipt").value = whole.receipt
    void check()
  } else show("", `已读 ${whole.have} / ${whole.of} 个二维码 codes read`)
}

const pixelsOf = async (file) => {
  const bitmap = await createImageBitmap(file)
  const canvas = document.createElement("canvas")
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  const context = canvas.getContext("2d")
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, bitmap.width, bitmap.height)
}

const readFile = async (file) => {
  if (!file.type.startsWith("image/")) {
    $("receipt").value = await file.text()
    return check()
  }
  const { data, width, height } = await pixelsOf(file)
  const found = jsQR(data, width, height)
  if (found === null) return show("red", "✗ 图中没有可读的二维码 No readable code in this picture")
  takeCode(found.data)
}

let camera = null
const scan = async () => {
  if (camera !== null) {
    for (const track of camera.getTracks()) track.stop()
    camera = null
    $("video").hidden = true
    return
  }
  camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
  const video = $("video")
  video.srcObject = camera
  video.hidden = false
  await video.play()
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("2d", { willReadFrequently: true })
  const look = () => {
    if (camera === null) return
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    if (canvas.width > 0) {
      context.drawImage(video, 0, 0)
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
      takeCode(jsQR(data, width, height)?.data ?? "")
    }
    requestAnimationFrame(look)
  }
  look()
}

for (const id of ["receipt", "keys", "least"]) $(id).addEventListener("input", () => void check())
const readAll = async (files) => {
  for (const file of files) await readFile(file)
}
$("file").addEventListener("change", ({ target }) => void readAll(target.files))
$("scan").addEventListener(
  "click",
  () => void scan().catch((error) => show("red", `✗ 无法使用摄像头 No camera: ${error.message}`)),
)
if ($("keys").value.startsWith("__")) $("keys").value = ""
void check()
