/** How a report looks on screen and on paper (A4): no colours that a printer loses, no row torn apart. */
export const style = `body { font: 14px/1.55 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 62rem; margin: 1.5rem auto; padding: 0 1rem; color: #111; }
h1 { font-size: 1.7rem; margin: 0.2rem 0 1rem; } h2 { font-size: 1.2rem; border-bottom: 2px solid #111; margin-top: 2rem; } h3 { font-size: 1rem; }
.kind { letter-spacing: 0.1em; margin: 0; } .draft { border: 2px solid; padding: 0 0.4rem; }
[lang="en"] { color: #555; font-size: 0.85em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; } dt { color: #333; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9em; } th, td { border: 1px solid #999; padding: 0.25rem 0.45rem; text-align: left; vertical-align: top; }
th { background: #eee; } code, pre { font-family: ui-monospace, monospace; font-size: 0.82em; overflow-wrap: anywhere; white-space: pre-wrap; } small { color: #444; } .n { display: block; text-align: right; white-space: nowrap; }
@page { size: A4; margin: 18mm 14mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10pt; } tr, h2, h3, dl { break-inside: avoid; } h2, h3 { break-after: avoid; } thead { display: table-header-group; } th { background: none; } }
`
