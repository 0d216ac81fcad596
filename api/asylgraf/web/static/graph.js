// The drawing: what the list on the page says, as nodes and arrows that stay where they were.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const told = read("told");
const kinds = read("kinds");
const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = {
  Provision: ["#1d4f63", "#8cc3d6"], Permit: ["#1d6b3a", "#7fd19b"], Consequence: ["#7a5500", "#e7c46a"],
  Fact: ["#6a4c93", "#c3a6e8"], Condition: ["#8a4f7d", "#dba2cf"], LegalInstrument: ["#5b5b34", "#cfcf96"],
  Actor: ["#9b4a1c", "#f0b48c"], Judgment: ["#9b2c2c", "#f0a0a0"], Step: ["#2f6f6f", "#95d5d5"],
};
const colour = (kind) => (colours[kind] ?? ["#5a6570", "#a3adb3"])[dark.matches ? 1 : 0];
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function elements() {
  const nodes = told.nodes.map((node, place) => ({
    data: { id: node.iri, ...node },
    position: { x: 300 * Math.cos(place * 2.4) * Math.sqrt(place), y: 300 * Math.sin(place * 2.4) * Math.sqrt(place) },
  }));
  const edges = told.edges.map((edge) => ({
    data: { id: `${edge.from} ${edge.relation} ${edge.to}`, source: edge.from, target: edge.to, name: edge.name },
  }));
  return [...nodes, ...edges];
}

const style = () => [
  { selector: "node", style: {
    "background-color": (node) => colour(node.data("kind")), label: "data(name)", color: ink("--ink"),
    "font-size": 12, "text-wrap": "wrap", "text-max-width": 130, "text-valign": "bottom", "text-margin-y": 4,
    width: 18, height: 18, "text-outline-color": ink("--paper"), "text-outline-width": 2 } },
  { selector: "node[steps = 0]", style: { width: 34, height: 34, "font-size": 15, "font-weight": "bold" } },
  { selector: "edge", style: {
    width: 1.2, "line-color": ink("--line"), "target-arrow-color": ink("--quiet"), "target-arrow-shape": "triangle",
    "arrow-scale": 0.8, "curve-style": "bezier" } },
  { selector: "edge.near", style: {
    label: "data(name)", "font-size": 10, color: ink("--quiet"), "text-rotation": "autorotate", "line-color": ink("--accent"),
    "text-outline-color": ink("--paper"), "text-outline-width": 2, "target-arrow-color": ink("--accent"), width: 2 } },
  { selector: "node.chosen", style: { "border-width": 3, "border-color": ink("--accent") } },
];

function draw() {
  const canvas = document.getElementById("canvas");
  const cy = cytoscape({ container: canvas, elements: elements(), style: style(), maxZoom: 2.5, minZoom: 0.1 });
  cy.layout({
    name: "fcose", randomize: false, animate: false, quality: "proof", nodeDimensionsIncludeLabels: true,
    idealEdgeLength: 110, nodeRepulsion: 9000, padding: 30,
  }).run();
  if (cy.zoom() > 1.4) cy.zoom(1.4).center();
  cy.on("tap", "node", (event) => choose(cy, event.target));
  cy.on("dbltap", "node", (event) => location.assign(event.target.data("around")));
  dark.addEventListener("change", () => cy.style(style()));
  return cy;
}

function choose(cy, node) {
  cy.elements().removeClass("chosen near");
  node.addClass("chosen").connectedEdges().addClass("near");
  const card = document.getElementById("card");
  card.querySelector("h2").textContent = node.data("name");
  card.querySelector("p").textContent = kinds[node.data("kind")] ?? node.data("kind");
  card.querySelector("[data-page]").href = node.data("page");
  card.querySelector("[data-around]").href = node.data("around");
  card.hidden = false;
}

function legend(cy) {
  const place = document.getElementById("legend");
  for (const kind of [...new Set(told.nodes.map((node) => node.kind))].sort()) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
    const dot = document.createElement("span");
    dot.className = "dot";
    dot.style.backgroundColor = colour(kind);
    const label = document.createElement("label");
    label.append(box, dot, kinds[kind] ?? kind);
    box.addEventListener("change", () => cy.nodes(`[kind = "${kind}"][steps > 0]`).style("display", box.checked ? "element" : "none"));
    place.append(label);
  }
}

function save(cy) {
  const link = document.createElement("a");
  link.href = cy.png({ full: true, scale: 2, bg: ink("--paper"), maxWidth: 6000, maxHeight: 6000 });
  link.download = "asylgraf.png";
  link.click();
}

if (globalThis.cytoscape) {
  document.getElementById("drawing").hidden = false;
  const cy = draw();
  legend(cy);
  choose(cy, cy.nodes("[steps = 0]"));
  document.getElementById("fit").addEventListener("click", () => cy.fit(undefined, 30));
  document.getElementById("png").addEventListener("click", () => save(cy));
  globalThis.drawing = cy;
}
