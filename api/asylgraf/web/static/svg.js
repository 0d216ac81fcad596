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
  const from = leaving(start.position(), end.position(), start.isParent() ? 0 : start.width() / 2);
  const to = leaving(end.position(), start.position(), (end.isParent() ? 0 : end.width() / 2) + 3);
  const colour = edge.style("line-color");
  return `<line x1="${rounded(from.x)}" y1="${rounded(from.y)}" x2="${rounded(to.x)}" y2="${rounded(to.y)}" stroke="${colour}" marker-end="url(#tip)"><title>${escaped(`${start.data("name")} ${edge.data("name")} ${end.data("name")}`)}</title></line>`;
}

function box(node) {
  const { x1, y1, w, h } = node.boundingBox({ includeLabels: false });
  return `<rect x="${rounded(x1)}" y="${rounded(y1)}" width="${rounded(w)}" height="${rounded(h)}" rx="8" fill="${node.style("background-color")}" fill-opacity="0.08" stroke="${node.style("border-color")}"/><text x="${rounded(x1 + w / 2)}" y="${rounded(y1 - 4)}" font-weight="bold">${escaped(node.data("name"))}</text>`;
}

function dot(node) {
  const { x, y } = node.position();
  const radius = node.width() / 2;
  const lines = wrapped(node.data("name")).map((line, i) => `<tspan x="${rounded(x)}" dy="${i ? 13 : 0}">${escaped(line)}</tspan>`);
  return `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(radius)}" fill="${node.style("background-color")}"><title>${escaped(node.data("name"))}</title></circle><text x="${rounded(x)}" y="${rounded(y + radius + 13)}">${lines.join("")}</text>`;
}

// A name in lines of about twenty letters.
function wrapped(name) {
  const lines = [""];
  for (const word of name.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length > 20) lines.push("");
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
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}" width="${rounded(w + 60)}" height="${rounded(h + 60)}" font-family="sans-serif" font-size="11" text-anchor="middle" fill="${ink}">
<title>${escaped(title)}</title><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${ink}"/></marker></defs>
<rect x="${rounded(x1 - 30)}" y="${rounded(y1 - 30)}" width="100%" height="100%" fill="${paper}"/>
${inner.join("\n")}
</svg>
`;
}
