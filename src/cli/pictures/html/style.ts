/** How the report looks, in the light and in the dark, on a screen of any width and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f3f4f7; --card: #ffffff; --ink: #191c22; --quiet: #5a6371; --line: #dfe3ea;
  --track: #e8ebf1; --bar: linear-gradient(90deg, #4c5bd4, #7a5af0); --bad: #b3261e; --mat: #eceef3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1014; --card: #171a20; --ink: #e9ebf0; --quiet: #a0a9b8; --line: #2a2f39;
    --track: #262b35; --bar: linear-gradient(90deg, #7c8bff, #b18cff); --bad: #ff8a80; --mat: #0a0b0e;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--page); color: var(--ink); padding: clamp(1rem, 4vw, 3rem);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; font-variant-numeric: tabular-nums;
}
body > * { max-width: 1180px; margin-inline: auto; }
h1 { font-size: 1.9rem; letter-spacing: -0.02em; line-height: 1.2; }
h2 { font-size: 1.05rem; overflow-wrap: anywhere; }
h3 { font-size: 0.8rem; font-weight: 600; color: var(--quiet); overflow-wrap: anywhere; }
header p, footer { color: var(--quiet); }
header { margin-bottom: 2rem; }
footer { margin-top: 2rem; font-size: 0.9rem; }
ul, ol { list-style: none; padding: 0; }
article {
  display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); margin-bottom: 1.5rem; overflow: clip;
  background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 5%), 0 8px 24px rgb(0 0 0 / 5%);
  content-visibility: auto; contain-intrinsic-size: auto 420px;
}
article.plain { grid-template-columns: minmax(0, 1fr); }
figure { background: var(--mat); display: grid; place-items: start center; padding: 1.25rem; }
/* Beside a long list the picture stays in sight. */
.picture { position: sticky; top: 1.25rem; line-height: 0; }
.picture img { display: block; max-width: 100%; max-height: 78vh; border-radius: 4px; }
.box { position: absolute; border: 2px solid var(--color); border-radius: 2px; box-shadow: 0 0 0 1px rgb(0 0 0 / 45%); }
.box b {
  position: absolute; top: -2px; left: -2px; padding: 0 0.4em; border-radius: 2px 0 4px; white-space: nowrap;
  background: var(--color); color: #000; font: 600 0.72rem/1.5 system-ui, sans-serif; max-width: 14em;
  overflow: hidden; text-overflow: ellipsis;
}
.box.late b { left: auto; right: -2px; border-radius: 0 2px 0 4px; }
.picture:hover .box { opacity: 0.25; }
.picture .box:hover { opacity: 1; z-index: 1; background: rgb(255 255 255 / 8%); }
.picture svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; pointer-events: none; }
.picture polygon { fill: var(--color); fill-opacity: 0.18; stroke: var(--color); stroke-width: 2; vector-effect: non-scaling-stroke; }
.said { padding: 1.25rem 1.5rem 1.5rem; display: flex; flex-direction: column; gap: 1rem; min-width: 0; }
section { display: flex; flex-direction: column; gap: 0.6rem; }
.chip {
  display: inline-block; padding: 0 0.55em; margin-left: 0.5em; border: 1px solid currentColor; border-radius: 99px;
  font-size: 0.72rem; font-weight: 500;
}
.aside { color: var(--quiet); font-size: 0.85rem; overflow-wrap: anywhere; }
.concepts li {
  display: grid; grid-template-columns: minmax(5rem, 9rem) minmax(3rem, 1fr) 3.2rem; gap: 0.75rem; align-items: center;
  padding: 0.1rem 0;
}
.name { overflow-wrap: anywhere; line-height: 1.3; }
.value { text-align: right; color: var(--quiet); }
.bar { height: 8px; border-radius: 4px; background: var(--track); overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: 4px; background: var(--bar); }
.regions > li { display: grid; grid-template-columns: 1.9rem minmax(0, 1fr); gap: 0.6rem; padding: 0.2rem 0; }
.number {
  justify-self: start; align-self: start; min-width: 1.7rem; padding: 0 0.3em; border-radius: 5px; text-align: center;
  background: var(--color); color: #000; font-weight: 600; font-size: 0.8rem;
}
.strip { display: flex; height: 44px; border-radius: 8px; overflow: hidden; border: 1px solid var(--line); }
.strip span { background: var(--color); min-width: 2px; }
.colors li { display: grid; grid-template-columns: 1.25rem 5.5rem 1fr auto; gap: 0.6rem; align-items: center; padding: 0.1rem 0; }
.swatch { width: 1.25rem; height: 1.25rem; border-radius: 5px; background: var(--color); border: 1px solid var(--line); }
code, pre { font: 0.85rem/1.55 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--track); border-radius: 8px; padding: 0.75rem 1rem; max-height: 24rem; overflow: auto; }
.failure { color: var(--bad); font-weight: 600; overflow-wrap: anywhere; }
@media (max-width: 760px) { article { grid-template-columns: minmax(0, 1fr); } .picture { position: relative; top: 0; } }
@media print {
  body { background: none; padding: 0; }
  article { box-shadow: none; break-inside: avoid; content-visibility: visible; }
  .bar, .bar i, .strip span, .swatch, .number, .box b { print-color-adjust: exact; }
}
`;
