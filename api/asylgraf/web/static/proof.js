// A proof as a drawing: the outcome on top, what it rests on below; what is used twice stands once.
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const tint = { yes: "--holds", no: "--fails", open: "--open" };
const sign = { yes: "✓", no: "✗", open: "?" };

async function library() {
  if (globalThis.cytoscape) return;
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: "/static/vendor/cytoscape.min.js", onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

export async function drawProof(place, told) {
  await library();
  place.hidden = false;
  const elements = [
    ...told.nodes.map((node) => ({ data: { ...node, label: `${sign[node.value]} ${node.name}` } })),
    ...told.edges.map((edge) => ({ data: { source: edge.from, target: edge.to } })),
  ];
  const colour = (node) => ink(tint[node.data("value")]);
  const style = [
    { selector: "node", style: {
      shape: "round-rectangle", width: 160, height: (node) => 16 + 14 * Math.ceil(node.data("label").length / 24), label: "data(label)", "text-wrap": "wrap", "text-max-width": 150, "font-size": 11,
      "text-valign": "center", color: ink("--ink"), "background-color": ink("--paper"), "border-width": 2, "border-color": colour } },
    { selector: "edge", style: { width: 1.3, "line-color": ink("--edge"), "target-arrow-color": ink("--quiet"), "target-arrow-shape": "triangle", "curve-style": "bezier" } },
  ];
  const layout = { name: "breadthfirst", directed: true, roots: [told.nodes[0].id], spacingFactor: 1.1, padding: 20, animate: false };
  const cy = cytoscape({ container: place, elements, style, layout, maxZoom: 1.5, minZoom: 0.1 });
  if (cy.zoom() < 0.6) { // too small to read: begin at the outcome; drag and zoom show the rest
    cy.zoom(0.6);
    cy.center(cy.nodes()[0]);
    cy.panBy({ x: 0, y: 50 - cy.height() / 2 });
  }
  globalThis.proof = cy;
}
