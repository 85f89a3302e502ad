// A bar chart as SVG, readable on light and dark pages alike.

const WIDTH = 840;
const LABEL_WIDTH = 290;
const NOTE_WIDTH = 190;
const BAR = 20;
const GAP = 10;
const TOP = 44;
const SIZE = 13;

/**
 * @param {string} title
 * @param {{ label: string, min: number, median: number, max: number, note: string, ours: boolean }[]} bars - the bar is the
 *   median, the whisker goes from min to max
 * @returns {string}
 */
export function barChart(title, bars) {
  const height = TOP + bars.length * (BAR + GAP) + 8;
  const room = WIDTH - LABEL_WIDTH - NOTE_WIDTH;
  const most = Math.max(...bars.map(({ max }) => max));
  const x = (value) => (LABEL_WIDTH + (value / most) * room).toFixed(1);
  const drawn = bars.map((bar, at) => {
    const y = TOP + at * (BAR + GAP);
    const middle = y + BAR / 2;
    const baseline = middle + SIZE * 0.36;
    return [
      `<text x="${LABEL_WIDTH - 10}" y="${baseline}" text-anchor="end"${bar.ours ? ' font-weight="600"' : ""}>${escaped(bar.label)}</text>`,
      `<rect class="${bar.ours ? "ours" : "theirs"}" x="${LABEL_WIDTH}" y="${y}" width="${((bar.median / most) * room).toFixed(1)}" height="${BAR}" rx="3"/>`,
      `<path class="whisker" d="M${x(bar.min)} ${middle}H${x(bar.max)}"/>`,
      `<text x="${Number(x(bar.max)) + 8}" y="${baseline}">${bar.median.toFixed(1)}<tspan class="note" dx="8">${escaped(bar.note)}</tspan></text>`,
    ].join("\n  ");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="${SIZE}">
  <style>
    text { fill: #1f2328 } .note { fill: #656d76; font-size: 11px } .ours { fill: #2f6feb } .theirs { fill: #a8b1bb }
    .whisker { stroke: #1f2328; stroke-width: 1.5 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .note { fill: #9198a1 } .ours { fill: #4d8dff } .theirs { fill: #59636e } .whisker { stroke: #e6edf3 }
    }
  </style>
  <text x="10" y="24" font-size="15" font-weight="600">${escaped(title)}</text>
  ${drawn.join("\n  ")}
</svg>
`;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
