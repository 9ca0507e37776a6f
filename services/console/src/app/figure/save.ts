/** A figure as a file: CSV at once; a workbook and a picture, whose makers are loaded when they are asked for. */
import { csvOf, fileHeading, type FigureTable, isNumeric, plain, wrapped } from "../../view/figure.js"
import { saveBlob } from "../client.js"

/** What stands around the table or picture, so that the file still says what it is when it has left the page. */
export type About = {
  readonly title: string
  /** Definition, denominator, date of data, source with its address: a line each. */
  readonly lines: readonly string[]
}

export const saveCsv = (table: FigureTable, name: string): void => saveBlob(new Blob([csvOf(table)], { type: "text/csv" }), name)

/** Two sheets: the data, and what it is. */
export const saveXlsx = async (
  table: FigureTable,
  about: About,
  sheets: { readonly data: string; readonly about: string },
  name: string,
): Promise<void> => {
  const { default: write } = await import("write-excel-file/browser")
  const cell = (value: string | number) => (value === "" ? null : { value, type: typeof value === "number" ? Number : String })
  const data = [
    table.columns.map((column) => ({ value: fileHeading(column), type: String, fontWeight: "bold" as const })),
    ...table.rows.map((row) => row.map((value, i) => cell(plain(value, table.columns[i]?.kind)))),
  ]
  const columns = table.columns.map((column) => ({ width: isNumeric(column) ? 14 : 22 }))
  const words = [about.title, ...about.lines].map((line) => [{ value: line, type: String }])
  const book = write([
    { sheet: sheets.data, data, columns, stickyRowsCount: 1 },
    { sheet: sheets.about, data: words, columns: [{ width: 100 }] },
  ])
  saveBlob(await book.toBlob(), name)
}

const pictureOf = async (source: string): Promise<HTMLImageElement> => {
  const picture = new Image()
  picture.src = source
  await picture.decode()
  return picture
}

/** An SVG of the page as an address of its own; it must be drawn by attributes, for no style sheet goes with it. */
export const svgSource = (svg: SVGSVGElement): string => {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const { width, height } = svg.viewBox.baseVal
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("width", String(width * 2))
  copy.setAttribute("height", String(height * 2))
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
}

/** The picture under its title, with what it is below: all at twice the screen's size. */
export const savePng = async (source: string, about: About, name: string): Promise<void> => {
  const picture = await pictureOf(source)
  const [edge, leading] = [48, 40]
  const canvas = document.createElement("canvas")
  const pen = canvas.getContext("2d")
  if (pen === null) throw new Error("the browser gives no canvas")
  const font = (size: number, weight = 400): string =>
    `${weight} ${size}px ${getComputedStyle(document.documentElement).fontFamily}`
  const width = Math.max(picture.width, 900) + 2 * edge
  pen.font = font(26)
  const lines = about.lines.flatMap((line) => wrapped(line, (text) => pen.measureText(text).width, width - 2 * edge))
  canvas.width = width
  canvas.height = edge + 60 + picture.height + 24 + lines.length * leading + edge
  pen.fillStyle = "#ffffff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = "#16212c"
  pen.textBaseline = "top"
  pen.font = font(36, 600)
  pen.fillText(about.title, edge, edge)
  pen.drawImage(picture, edge, edge + 60)
  pen.fillStyle = "#4b5563"
  pen.font = font(26)
  lines.forEach((line, i) => pen.fillText(line, edge, edge + 60 + picture.height + 24 + i * leading))
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"))
  if (blob === null) throw new Error("the picture is larger than this browser draws")
  saveBlob(blob, name)
}
