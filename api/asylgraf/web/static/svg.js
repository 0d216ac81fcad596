// The drawing as SVG: the same boxes, arrows and names at the same places, for slides and print.

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const rounded = (number) => Math.round(number * 10) / 10;

// Where the straight line from one point towards another leaves a circle.
function leaving(from, to, radius) {
  const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / far) * radius, y: from.y + ((to.y - from.y) / far) * radius };
}

function arrow(edge) {
  const [start, end] = [edge.source(), edge.target()];
  const through = edge.hasClass("branch") ? edge.segmentPoints() : [];
  const from = leaving(start.position(), through[0] ?? end.position(), start.isParent() ? 0 : start.width() / 2);
  const to = leaving(end.position(), through.at(-1) ?? start.position(), (end.isParent() ? 0 : end.width() / 2) + 3);
  const points = [from, ...through, to].map(({ x, y }) => `${rounded(x)},${rounded(y)}`).join(" ");
  const { x, y } = edge.midpoint();
  const name = edge.hasClass("says") ? `<text x="${rounded(x)}" y="${rounded(y - 4)}" font-size="10">${escaped(edge.data("label"))}</text>` : "";
  const tip = edge.style("target-arrow-shape") === "none" ? "" : ' marker-end="url(#tip)"';
  return `<polyline points="${points}" fill="none" stroke="${edge.style("line-color")}" stroke-opacity="${edge.style("opacity")}"${tip}><title>${escaped(`${start.data("name")} ${edge.data("name")} ${end.data("name")}`)}</title></polyline>${name}`;
}

function box(node) {
  const { x1, y1, w, h } = node.boundingBox({ includeLabels: false });
  return `<rect x="${rounded(x1)}" y="${rounded(y1)}" width="${rounded(w)}" height="${rounded(h)}" rx="8" fill="${node.style("background-color")}" fill-opacity="0.08" stroke="${node.style("border-color")}"/><text x="${rounded(x1 + w / 2)}" y="${rounded(y1 - 4)}" font-weight="bold">${escaped(node.data("name"))}</text>`;
}

function dot(node) {
  const { x, y } = node.position();
  const radius = node.width() / 2;
  const side = node.hasClass("right") ? 1 : node.hasClass("left") ? -1 : 0;
  const lines = wrapped(node.data("name"), side ? 30 : 20);
  const left = x + side * (radius + 4);
  const top = side ? y + 4 - 6.5 * (lines.length - 1) : y + radius + 13;
  const spans = lines.map((line, i) => `<tspan x="${rounded(left)}" dy="${i ? 13 : 0}">${escaped(line)}</tspan>`);
  const anchor = side ? ` text-anchor="${side > 0 ? "start" : "end"}"` : "";
  return `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(radius)}" fill="${node.style("background-color")}"><title>${escaped(node.data("name"))}</title></circle><text x="${rounded(left)}" y="${rounded(top)}"${anchor}>${spans.join("")}</text>`;
}

// A name in lines of about so many letters.
function wrapped(name, letters) {
  const lines = [""];
  for (const word of name.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length > letters) lines.push("");
    lines.push([lines.pop(), word].filter(Boolean).join(" "));
  }
  return lines;
}

export function svg(cy, title, ink, paper) {
  const shown = cy.elements(":visible");
  const { x1, y1, w, h } = shown.boundingBox();
  const view = [x1 - 30, y1 - 30, w + 60, h + 60].map(rounded).join(" ");
  const inner = [
    ...shown.nodes(":parent").map(box), ...shown.edges().map(arrow), ...shown.nodes(":childless").map(dot),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}" width="${rounded(w + 60)}" height="${rounded(h + 60)}" font-family="sans-serif" font-size="11" text-anchor="middle" fill="${ink}"><style>text { paint-order: stroke; stroke: ${paper}; stroke-width: 3px; stroke-linejoin: round }</style>
<title>${escaped(title)}</title><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${ink}" fill-opacity="0.6"/></marker></defs>
<rect x="${rounded(x1 - 30)}" y="${rounded(y1 - 30)}" width="100%" height="100%" fill="${paper}"/>
${inner.join("\n")}
</svg>
`;
}
