/** The tile-grid map itself, drawn by attributes so that its picture can be saved; walked with the arrow keys. */
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react"
import { classOf, type Measure, onTile, scale, type Sum } from "../../view/coverage.js"
import { shown } from "../../view/figure.js"
import { provinceName, provinceShort } from "../../view/places.js"
import { gridSize, notCovered, stepFrom, type Tile, tiles } from "../../view/tile-grid.js"
import type { CoverageProvince } from "../../view/types.js"
import { useCoverageWords } from "./coverage-words.js"

export type TileFacts = { readonly state: CoverageProvince["state"]; readonly sum: Sum }

const [step, side, legend_height] = [70, 64, 104]
const font = "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif"
const [ink, line, hatch] = ["#16212c", "#6b7785", "url(#coverage-hatch)"]

const Hatch = (): ReactNode => (
  <defs>
    <pattern id="coverage-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="7" height="7" fill="#ffffff" />
      <rect width="2.5" height="7" fill={line} />
    </pattern>
  </defs>
)

/** A square of the state's own look: hatched edge where data is old or never came, dashed where there is none, a folded corner where more comes. */
const Square = ({
  state,
  fill,
  size,
  mark,
}: {
  readonly state: CoverageProvince["state"]
  readonly fill: string
  readonly size: number
  readonly mark: string
}): ReactNode => {
  const edge = size / 8
  if (state === "stale" || state === "never")
    return (
      <>
        <rect width={size} height={size} rx={size / 10} fill={hatch} stroke={line} />
        <rect x={edge} y={edge} width={size - 2 * edge} height={size - 2 * edge} rx={2} fill={fill} />
      </>
    )
  return (
    <>
      <rect
        width={size}
        height={size}
        rx={size / 10}
        fill={fill}
        stroke={line}
        strokeDasharray={state === "none" ? "4 3" : undefined}
      />
      {state === "partial" ? <path d={`M${size * 0.7} 0H${size}V${size * 0.3}Z`} fill={mark} stroke="none" /> : null}
    </>
  )
}

const Legend = ({ measure, ends }: { readonly measure: Measure; readonly ends: readonly number[] }): ReactNode => {
  const { t, language } = useCoverageWords()
  const at = gridSize.rows * step + 14
  const states = ["partial", "stale", "never", "none"] as const
  return (
    <g fontFamily={font} fontSize="15" fill={ink} aria-hidden="true">
      {scale.map(({ fill }, i) => (
        <g key={fill} transform={`translate(${i * 108} ${at})`}>
          <rect width="22" height="22" rx="3" fill={fill} stroke={line} />
          <text x="28" y="17">
            {i === 0 ? "0" : `>${onTile(ends[i - 1] ?? 0, measure, language).replace("%", "")}`}–
            {onTile(ends[i] ?? 0, measure, language)}
          </text>
        </g>
      ))}
      {states.map((state, i) => (
        <g key={state} transform={`translate(${i * 138} ${at + 38})`}>
          <Square state={state} fill={state === "partial" ? scale[1].fill : "#ffffff"} size={22} mark={ink} />
          <text x="28" y="17" fontSize={language === "zh" ? 15 : 12}>
            {t(`coverage.${state}`)}
          </text>
        </g>
      ))}
      <text x="0" y={at + 86} fontSize={language === "zh" ? 15 : 13}>
        ≥ / ※ {t("coverage.small")}
      </text>
    </g>
  )
}

const Outside = ({ tile, label }: { readonly tile: Tile; readonly label: string }): ReactNode => {
  const { t } = useCoverageWords()
  return (
    <g
      transform={`translate(${tile.column * step + 3} ${tile.row * step + 3})`}
      fontFamily={font}
      fill="#4b5563"
      textAnchor="middle"
    >
      <rect width={side} height={side} rx="6" fill="#ffffff" stroke="#9aa4ae" strokeDasharray="2 4" />
      <text x={side / 2} y="28" fontSize="18">
        {label}
      </text>
      <text x={side / 2} y="49" fontSize="11">
        {t("coverage.notCovered")}
      </text>
    </g>
  )
}

/** `≥12` where a part is held back, `※` where all of it is. */
const valueOf = ({ held, ...sum }: Sum, measure: Measure, language: "zh" | "en"): string => {
  const value = sum[measure]
  if (value === null) return held > 0 ? "※" : "—"
  return `${held > 0 && measure !== "share" ? "≥" : ""}${onTile(value, measure, language)}`
}

const shortOf = ({ code, letters }: Tile, language: "zh" | "en"): string =>
  language === "zh" ? provinceShort(code, "zh") : letters

const ProvinceTile = ({
  tile,
  facts: { state, sum },
  measure,
  ends,
  selected,
}: {
  readonly tile: Tile
  readonly facts: TileFacts
  readonly measure: Measure
  readonly ends: readonly number[]
  readonly selected: boolean
}): ReactNode => {
  const { language } = useCoverageWords()
  const value = sum[measure]
  const colours = value === null ? { fill: "#ffffff", ink } : (scale[classOf(value, ends)] ?? scale[0])
  const short = shortOf(tile, language)
  return (
    <>
      <Square state={state} fill={colours.fill} size={side} mark={colours.ink} />
      <rect
        className="tile-edge"
        x="-2"
        y="-2"
        width={side + 4}
        height={side + 4}
        rx="8"
        fill="none"
        stroke={selected ? "#b45309" : "none"}
        strokeWidth="4"
      />
      <text x={side / 2} y="29" fontSize={short.length > 2 ? 15 : 20} fontWeight="600" fill={colours.ink} textAnchor="middle">
        {short}
      </text>{" "}
      <text x={side / 2} y="50" fontSize="15" fill={colours.ink} textAnchor="middle">
        {valueOf(sum, measure, language)}
      </text>
    </>
  )
}

export const Tiles = ({
  facts,
  measure,
  ends,
  selected,
  label,
  onSelect,
}: {
  readonly facts: ReadonlyMap<string, TileFacts>
  readonly measure: Measure
  readonly ends: readonly number[]
  readonly selected: string | null
  readonly label: string
  readonly onSelect: (code: string) => void
}): ReactNode => {
  const { t, language } = useCoverageWords()
  const svg = useRef<SVGSVGElement>(null)
  const [at, setAt] = useState(selected ?? tiles[0]?.code ?? "")
  const onKey = (event: KeyboardEvent, code: string): void => {
    const next = stepFrom(code, event.key)
    const select = event.key === "Enter" || event.key === " "
    if (!select && next === null) return
    event.preventDefault()
    if (select) onSelect(code)
    if (next === null) return
    setAt(next)
    svg.current?.querySelector<SVGGElement>(`[data-code="${next}"]`)?.focus()
  }
  // Begins with what is written on the tile, so that whoever speaks to the page can call it by that (WCAG 2.5.3).
  const spoken = (tile: Tile, { state, sum }: TileFacts): string =>
    t("coverage.tile", {
      tile: `${shortOf(tile, language)} ${valueOf(sum, measure, language)}`,
      province: provinceName(tile.code, language),
      measure: t(`coverage.${measure}`),
      value: shown(sum[measure], measure === "share" ? "share" : "count"),
      enrolled: shown(sum.enrolled, "count"),
      paid: shown(sum.paid, "count"),
      state: t(`coverage.${state}`) + (sum.held > 0 ? ` · ${t("coverage.heldCells", { held: sum.held })}` : ""),
    })
  return (
    <svg
      ref={svg}
      className="tiles"
      viewBox={`0 0 ${gridSize.columns * step} ${gridSize.rows * step + legend_height}`}
      role="group"
      aria-label={label}
    >
      <Hatch />
      {tiles.map((tile) => {
        const known = facts.get(tile.code)
        if (known === undefined) return null
        return (
          <g
            key={tile.code}
            className="tile"
            transform={`translate(${tile.column * step + 3} ${tile.row * step + 3})`}
            fontFamily={font}
            data-code={tile.code}
            role="button"
            tabIndex={tile.code === at ? 0 : -1}
            aria-pressed={tile.code === selected}
            aria-label={spoken(tile, known)}
            onClick={() => onSelect(tile.code)}
            onFocus={() => setAt(tile.code)}
            onKeyDown={(event) => onKey(event, tile.code)}
          >
            <ProvinceTile tile={tile} facts={known} measure={measure} ends={ends} selected={tile.code === selected} />
          </g>
        )
      })}
      {notCovered.map((tile) => (
        <Outside key={tile.code} tile={tile} label={language === "zh" ? tile.zh : tile.letters} />
      ))}
      <Legend measure={measure} ends={ends} />
    </svg>
  )
}
