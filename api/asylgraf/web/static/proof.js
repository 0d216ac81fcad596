// A proof as a drawing: the outcome on top, what it rests on below it and further in; what is used twice stands once.
import { bends } from "./columns.js";

const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const tint = { yes: "--holds", no: "--fails", open: "--open" };
const sign = { yes: "✓", no: "✗", open: "?" };
const WIDE = 270;
const IN = 34; // how far further in stands what a step rests on
const LEAST = 0.85; // smaller letters cannot be read

async function library() {
  if (globalThis.cytoscape) return;
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: "/static/vendor/cytoscape.min.js", onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

const label = (node) => `${sign[node.value]} ${node.name}`;
const height = (node) => 10 + 14 * Math.ceil(label(node).length / 42);

// Each step in a row of its own, in the order in which they are told.
function places({ nodes, edges }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const at = new Map();
  let down = 0;
  const place = (id, depth) => {
    if (at.has(id)) return;
    const high = height(byId.get(id));
    at.set(id, { x: depth * IN + WIDE / 2, y: down + high / 2 });
    down += high + 9;
    for (const { to } of edges.filter(({ from }) => from === id)) place(to, depth + 1);
  };
  place(nodes[0].id, 0);
  return at;
}

// Down from the step, then in to what it rests on.
const elbow = (from, to) => bends(from, to, [{ x: from.x + 12 - WIDE / 2, y: to.y }]);

export async function drawProof(place, told) {
  await library();
  place.hidden = false;
  const at = places(told);
  const elements = [
    ...told.nodes.map((node) => ({ data: { ...node, label: label(node), high: height(node) }, position: at.get(node.id) })),
    ...told.edges.map((edge) => ({ data: { source: edge.from, target: edge.to, ...elbow(at.get(edge.from), at.get(edge.to)) } })),
  ];
  const colour = (node) => ink(tint[node.data("value")]);
  const style = [
    { selector: "node", style: {
      shape: "round-rectangle", width: WIDE, height: "data(high)", label: "data(label)", "text-wrap": "wrap", "text-max-width": WIDE - 10, "font-size": 12,
      "text-valign": "center", color: ink("--ink"), "background-color": ink("--paper"), "border-width": 2, "border-color": colour } },
    { selector: "edge", style: {
      width: 1.3, "line-color": ink("--edge"), "curve-style": "segments", "edge-distances": "node-position",
      "segment-weights": "data(weights)", "segment-distances": "data(distances)",
      "source-endpoint": `${12 - WIDE / 2}px 50%`, "target-endpoint": "-50% 0" } },
  ];
  const cy = cytoscape({ container: place, elements, style, layout: { name: "preset", fit: true, padding: 16 }, maxZoom: 1.2, minZoom: 0.1 });
  if (cy.zoom() < LEAST) cy.viewport({ zoom: LEAST, pan: { x: 12, y: 12 } }); // drag and zoom show the rest
  globalThis.proof = cy;
}
