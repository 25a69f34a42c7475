/** The look of the report. Lead to gold is the scale of purity: a pass rate of 0 is lead, of 1 is gold. */
export const style = `
:root {
  --paper: #f3f5f5; --card: #ffffff; --ink: #16212a; --muted: #586873; --line: #dce2e5; --faint: #eef1f2;
  --gold: #b98611; --lead: #b3bfc8; --gold-ink: #8a6106; --code: #14718c; --math: #8d3a6b; --bad: #b23a2b; --good: #2c7a4b;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1215; --card: #151c21; --ink: #e4eaed; --muted: #93a2ad; --line: #29343c; --faint: #1b242a;
    --gold: #e3b34f; --lead: #43525e; --gold-ink: #e9c270; --code: #56b6d1; --math: #d487b3; --bad: #ea8271; --good: #66be8c;
    color-scheme: dark;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 40px 28px 72px; }
h1, h2, h3, p, dl, dd, ul, figure, table, pre { margin: 0; padding: 0; }
code, pre, .mono { font-family: var(--mono); font-size: .86em; }
.num, td, dd, text { font-variant-numeric: tabular-nums; }
a { color: inherit; }

.mark { display: flex; align-items: center; gap: 10px; color: var(--muted); font-weight: 600; letter-spacing: .01em; }
.mark svg { width: 26px; height: 26px; }
.mark svg path { fill: none; stroke: var(--gold); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.mark .run { font-weight: 400; margin-left: auto; overflow-wrap: anywhere; text-align: right; }
h1 { font-size: clamp(2rem, 5.2vw, 3.25rem); line-height: 1.08; letter-spacing: -.025em; font-weight: 680; margin: 28px 0 12px; text-wrap: balance; }
h1 b { font-weight: inherit; color: var(--gold-ink); }
.lead { max-width: 66ch; color: var(--muted); font-size: 1.06rem; overflow-wrap: anywhere; }
.status { display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: 0 10px; font-size: .84rem; line-height: 1.6; color: var(--good); }
.status.open { color: var(--bad); }

.kpis { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 26px; margin: 34px 0 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.kpis div { padding: 14px 0 12px; max-width: 150px; }
.kpis dt { color: var(--muted); font-size: .86rem; }
.kpis dd { font-size: 1.4rem; white-space: nowrap; line-height: 1.25; letter-spacing: -.015em; font-weight: 600; }
.kpis dd small { display: block; font-size: .8rem; font-weight: 400; letter-spacing: 0; color: var(--muted); white-space: normal; }

.grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px; margin-top: 20px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 22px 24px 20px; min-width: 0; }
.wide { grid-column: 1 / -1; }
.tall { grid-row: span 2; }
h2 { font-size: 1.12rem; line-height: 1.3; letter-spacing: -.008em; font-weight: 650; }
.note { color: var(--muted); font-size: .92rem; margin-top: 3px; max-width: 74ch; }
.card > * + figure, .card > * + .bars, .card > * + .scroll, .card > * + .audit { margin-top: 16px; }
.part { margin: 52px 0 0; font-size: 1.5rem; letter-spacing: -.018em; }
.part + .note { font-size: 1rem; }

svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--muted); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
svg .label { fill: var(--ink); }
svg .value { fill: var(--ink); font-weight: 600; }
svg .axis { stroke: var(--muted); stroke-opacity: .55; }
svg .grid { stroke: var(--line); }
svg .band { fill: var(--gold); fill-opacity: .1; }
svg .band-label { fill: var(--gold-ink); font-size: 11px; }
.series { --hue: var(--ink); }
.series.code { --hue: var(--code); }
.series.math { --hue: var(--math); }
svg .line { fill: none; stroke: var(--hue); stroke-width: 2; stroke-opacity: .45; }
svg .whisker { stroke: var(--hue); stroke-width: 1.6; }
svg .series circle, svg .series rect { fill: var(--hue); stroke: var(--card); stroke-width: 1.5; }
svg .spread { fill: var(--hue); fill-opacity: .13; }
svg .halo { fill: none; stroke: var(--card); stroke-width: 6; stroke-linejoin: round; stroke-opacity: .8; }
svg .course { fill: none; stroke: var(--hue); stroke-width: 2.6; stroke-linejoin: round; stroke-linecap: round; }
svg .rate { fill: none; stroke: var(--ink); stroke-width: 1.4; stroke-opacity: .75; stroke-linejoin: round; }
svg .rate-dot { stroke: var(--card); stroke-width: 1.2; }
svg .count { fill: var(--line); }
svg .series .dots circle { stroke: var(--card); stroke-width: .8; }
svg .ideal { stroke: var(--muted); stroke-dasharray: 5 4; }
.problems { --hue: var(--ink); }
.arms { --hue: var(--gold); }
svg .end { fill: var(--hue); stroke: var(--card); stroke-width: 1.5; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 8px; font-size: .87rem; color: var(--muted); align-items: center; }
.legend span { display: inline-flex; align-items: center; gap: 7px; }
.legend i { width: 10px; height: 10px; background: var(--hue, var(--ink)); display: inline-block; }
.legend .code i { border-radius: 50%; }
.legend .math i { transform: rotate(45deg) scale(.88); }
.legend i.frame { background: none; border: 2px solid var(--ink); border-radius: 3px; width: 14px; height: 12px; }
.legend i.dash { width: 22px; height: 0; background: none; border-top: 2px dashed var(--muted); }
.legend .ramp { width: 92px; height: 10px; border-radius: 3px; background: linear-gradient(90deg in oklab, var(--lead), var(--gold)); }

.bars { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content; gap: 7px 12px; align-items: center; font-size: .94rem; }
.bars dt { color: var(--ink); }
.bars dd { text-align: right; }
.bars .bar { height: 14px; border-radius: 2px; background: var(--faint); overflow: hidden; display: flex; }
.bars .bar i { display: block; height: 100%; background: var(--lead); min-width: 2px; }
.bars .bar i.gold { background: var(--gold); }
.bars .bar i.bad { background: var(--bad); }
.bars .bar i.ink { background: var(--muted); }
.bars .rule { grid-column: 1 / -1; border-top: 1px solid var(--line); margin: 4px 0; }
.bars dd small { color: var(--muted); margin-left: 6px; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { font-weight: 500; color: var(--muted); text-align: left; padding: 4px 10px 4px 0; white-space: nowrap; }
td { padding: 4px 10px 4px 0; }
.audit { max-width: 460px; }
.audit th[scope=col], .audit td { text-align: center; }
.audit td { border: 1px solid var(--line); padding: 12px 8px 10px; font-size: 1.32rem; font-weight: 600; line-height: 1.2; }
.audit td small { display: block; font-size: .78rem; font-weight: 400; color: var(--muted); }
.audit .right { color: var(--good); }
.audit .wrong { color: var(--bad); }
.audit .zero { color: var(--muted); }
.heat td { text-align: center; padding: 0; min-width: 48px; border: 2px solid var(--card); height: 38px; font-size: .88rem; border-radius: 5px; line-height: 1.15; }
.heat td small { display: block; font-size: .72rem; opacity: .78; }
.heat td.cell { color: #10181d; }
.heat td.none { background: var(--faint); color: var(--muted); }
.heat th[scope=col] { text-align: center; padding-right: 0; }
.heat td.void { background: none; }
.heat td.sum { color: var(--muted); }
.heat td.now { box-shadow: inset 0 0 0 2px var(--ink); }
.heat th.skill { text-align: left; }
.heat th[scope=row] { color: var(--ink); font-weight: 400; white-space: normal; overflow-wrap: anywhere; min-width: 110px; max-width: 230px; line-height: 1.2; }
@media (prefers-color-scheme: dark) { .heat td.cell.low { color: #eef2f4; } }

.trace { margin-top: 18px; }
.trace header { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; }
.trace h3 { font-size: 1.02rem; font-weight: 650; overflow-wrap: anywhere; }
.trace .tags { color: var(--muted); font-size: .88rem; }
.trace .cols { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 24px; margin-top: 12px; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; max-width: 62ch; }
pre { background: var(--faint); border-radius: 7px; padding: 13px 15px; overflow-x: auto; line-height: 1.5; tab-size: 4; unicode-bidi: isolate; }
pre code { font-size: 1em; }
pre .k { color: var(--code); } pre .s { color: var(--good); } pre .c { color: var(--muted); font-style: italic; } pre .n { color: var(--math); }
.proof { margin-top: 10px; font-size: .88rem; color: var(--muted); overflow-wrap: anywhere; }
.proof b { color: var(--good); font-weight: 650; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 18px; font-size: .92rem; margin-top: 14px; }
.facts dt { color: var(--muted); } .facts dd { overflow-wrap: anywhere; }
details { margin-top: 14px; font-size: .92rem; }
summary { cursor: pointer; color: var(--muted); }
summary:hover { color: var(--ink); }
:focus-visible { outline: 2px solid var(--gold); outline-offset: 3px; border-radius: 3px; }
details > * + * { margin-top: 10px; }
.empty { color: var(--muted); padding: 28px 0; }
footer { margin-top: 40px; color: var(--muted); font-size: .88rem; }

@media (max-width: 760px) {
  main { padding: 24px 16px 48px; }
  .grid { grid-template-columns: minmax(0, 1fr); gap: 14px; }
  .card { padding: 18px 16px 16px; }
  .wideplot { display: none; } .narrow { display: block; }
  .trace .cols { grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .kpis { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 12px; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: 6px; }
}
@media print { body { background: none; } .card { break-inside: avoid; } }
`
