// The drawing: what the list on the page says, as things and arrows that stay where they were.
import { CELL, EDGE, boxes } from "./boxes.js";
import { LINE, NARROW, WIDE, bends, columns } from "./columns.js";
import { rings, settle } from "./layout.js";
import { colour, ink, linesOf, looks, measured, onDarkChanged } from "./looks.js";
import { svg } from "./svg.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const kindNames = read("kind-names");
const card = document.getElementById("card");
let told = read("told");
let chosen;

const short = (iri) => iri.slice(told.base.length).replace(/^id\//, "");
const kept = (address) => (told.kept ? `${address}${address.includes("?") ? "&" : "?"}${told.kept}` : address);
const wished = () => new URLSearchParams(told.offline ? "" : location.search);
const listed = (name) => (wished().get(name) ?? "").split(",").filter(Boolean);

// Boxes where things stand in others, columns around one thing, springs for everything.
const layout = () => (Object.keys(told.inside).length ? "boxes" : told.what === "around" ? "columns" : "springs");
const isNarrow = () => document.getElementById("canvas").clientWidth < 700;
const sizes = () => (isNarrow() ? NARROW : { ...WIDE, isOneSided: told.way.length > 0 });
let joined = []; // where the edges to things in columns bend
let boxSpace; // the room that boxes take

function shapes(at) {
  const isGroup = new Set(Object.values(told.inside));
  const wellKnown = layout() === "springs" && large() ? known(at) : new Set();
  const inside = (iri) => (told.inside[iri] ? { parent: told.inside[iri] } : {});
  const looksOf = (one, i) => [
    isGroup.has(one.iri) ? "box" : wellKnown.has(one.iri) ? "known" : "",
    joined[i]?.side ? (joined[i].side > 0 ? "right" : "left") : layout() === "boxes" && !isGroup.has(one.iri) ? "right" : "",
  ];
  const thing = (one, i) => ({ data: { ...one, id: one.iri, place: i, ...inside(one.iri) }, classes: looksOf(one, i) });
  const box = (one) => ({ data: { ...one, id: one.iri, ...inside(one.iri) }, classes: "box" });
  const branches = new Map(told.nodes.map(({ from, relation, forward }, i) => [(forward ? [from, relation, i] : [i, relation, from]).join(" "), i]));
  const arrow = ([a, r, b]) => {
    const [start, relation, end] = [told.nodes[a].iri, told.relations[r], told.nodes[b].iri];
    const data = { id: `${start} ${relation.iri} ${end}`, source: start, target: end, relation: relation.iri, name: relation.name };
    const i = branches.get(`${a} ${r} ${b}`);
    return joined[i]?.joint ? bent(data, joined[i], at, told.nodes[i].forward) : { data };
  };
  return { nodes: [...told.groups.map(box), ...told.nodes.map(thing)], edges: told.edges.map(arrow) };
}

// The edge between a thing in a column and that which it was reached from; the first of a relation bears its name.
function bent(data, { joint: { x1, x2, y }, bears, turned, side }, at, isForward) {
  const through = [{ x: x1, y }, { x: x2, y }];
  const label = !turned ? data.name : side > 0 ? `… ${data.name}` : `${data.name} …`;
  const way = bends(at.get(data.source), at.get(data.target), isForward ? through : through.reverse());
  return { data: { ...data, ...way, label }, classes: bears ? "branch says" : "branch" };
}

// Places for what is new; what stood somewhere stays there.
function places(before) {
  joined = [];
  if (layout() === "boxes") return inBoxes();
  if (layout() === "columns") return inColumns(before);
  const size = told.nodes.length > 250 ? 20 : 40;
  const things = told.nodes.map((one) => ({ r: one.steps ? size : size * 1.3, from: one.from, wave: one.wave }));
  rings(things.filter((one) => !one.wave)); // they come first
  const last = Math.max(...things.map((one) => one.wave));
  const stood = told.nodes.map((one) => before.get(one.iri));
  for (let wave = stood.some(Boolean) ? last : 0; wave <= last; wave++) {
    const here = things.map((one, i) => i).filter((i) => things[i].wave <= wave || stood[i]);
    const at = new Map(here.map((i, place) => [i, place]));
    for (const i of here) {
      if (stood[i]) Object.assign(things[i], stood[i], { fixed: true });
      else if (wave) fan(things, i, here);
    }
    settle(here.map((i) => things[i]), told.edges.map(([a, , b]) => [at.get(a), at.get(b)]).filter(([a, b]) => a !== undefined && b !== undefined));
    for (const i of here) { stood[i] = { x: things[i].x, y: things[i].y }; }
  }
  return new Map(told.nodes.map((one, i) => [one.iri, stood[i]]));
}

// Names are wide: where there is room beside the drawing, things stand wider apart than they are high.
let across = 1;
let placed = new Map();
function widened(at) {
  placed = at;
  return new Map([...at].map(([iri, { x, y }]) => [iri, { x: x * across, y }]));
}

// Where a thing stood before that; exactly, unless it was dragged, since a drawing grows the same at each visit.
function unwidened(node) {
  const [{ x, y }, before] = [node.position(), placed.get(node.id())];
  return before && x === before.x * across && y === before.y ? before : { x: x / across, y };
}

// A first place beyond the thing that was opened, away from the middle.
function fan(things, i, here) {
  const up = things[things[i].from] ?? { x: 0, y: 0, r: 46 };
  const among = here.filter((other) => things[other].from === things[i].from && !things[other].fixed);
  const away = Math.atan2(up.y, up.x) + ((among.indexOf(i) + 0.5) / among.length - 0.5) * Math.PI;
  const far = Math.max(4 * up.r, (among.length * 2 * things[i].r) / Math.PI);
  Object.assign(things[i], { x: up.x + far * Math.cos(away), y: up.y + far * Math.sin(away) });
}

// What was dragged stays; everything else stands where it stands at each visit.
function inColumns(before) {
  const { letters, span } = sizes();
  const things = told.nodes.map(({ from, relation, forward, wave, name }) => ({ from, by: relation, forward, wave, lines: linesOf(name, letters) }));
  joined = columns(things, (by) => (by < 0 ? 1 : linesOf(told.relations[by].name, span[1] - span[0] - 6, 11)), sizes());
  return new Map(told.nodes.map(({ iri }, i) => {
    const stood = before.get(iri);
    return [iri, stood && stood !== placed.get(iri) ? stood : { x: joined[i].x, y: joined[i].y }];
  }));
}

function inBoxes() {
  const all = [...told.nodes, ...told.groups];
  const at = new Map(all.map((one, i) => [one.iri, i]));
  const inside = all.map((one) => at.get(told.inside[one.iri]) ?? -1);
  const { clientWidth: across, clientHeight: down } = document.getElementById("canvas");
  const things = all.map(({ iri, name, kind }) => ({
    w: Math.min(CELL, measured(name)) + 34, h: LINE * linesOf(name, CELL) + 8, title: measured(name) * 1.1, key: iri, kind }));
  boxSpace = boxes(things, inside, (area) => Math.max(320, Math.sqrt((area * 1.15 * across) / down)));
  return new Map(all.map((one, i) => [one.iri, boxSpace.places[i]]));
}

// Of many things only the best connected are named until one comes near: names would lie on each other.
const FAR = 1.2;
const KNOWN = 32;
const large = () => told.nodes.length > 120;
let far = false;
let whole = 1; // the zoom that shows the whole drawing

// The best connected things whose names, seen from afar, do not lie on each other.
function known(at) {
  const degree = told.nodes.map((one) => (one.steps ? 0 : Infinity));
  for (const [a, , b] of told.edges) { degree[a]++; degree[b]++; }
  const places = [];
  const found = new Set();
  for (const i of [...degree.keys()].sort((a, b) => degree[b] - degree[a])) {
    const { iri, name } = told.nodes[i];
    const { x, y } = at.get(iri);
    const half = (Math.min(104, measured(name, 11.4)) / 2 + 3) / whole;
    const end = y + (14 * linesOf(name, 104, 11.4) + 6) / whole;
    if (places.some((one) => Math.abs(one.x - x) < half + one.half && y < one.end && one.y < end)) continue;
    places.push({ x, y, half, end });
    if (found.add(iri).size === KNOWN) break;
  }
  return found;
}

const style = () => looks({ layout: layout(), far, large: large(), whole, sizes: sizes() });

function draw() {
  const container = document.getElementById("canvas");
  if (layout() === "springs") across = Math.min(1.4, Math.max(1, container.clientWidth / container.clientHeight));
  const at = widened(places(new Map()));
  stretch(extent(at));
  const view = showing(extent(at), at.get(told.centre), container.clientWidth, container.clientHeight);
  seen(view.zoom);
  const { nodes, edges } = shapes(at);
  const cy = cytoscape({
    container, style: style(), maxZoom: 2.5, minZoom: 0.03, ...view,
    elements: [...nodes.map((one) => ({ ...one, position: at.get(one.data.id) })), ...edges],
    layout: { name: "preset", fit: false }, hideEdgesOnViewport: large(), textureOnViewport: large(), pixelRatio: large() ? 1 : "auto",
  });
  cy.on("tap", "node", (event) => choose(cy, event.target));
  cy.on("tap", (event) => { if (event.target === cy) choose(cy); });
  cy.on("mouseover", "node, edge.near", (event) => tell(event.target, true));
  cy.on("mouseout", "node, edge.near", (event) => tell(event.target, false));
  cy.on("dbltap", "node", (event) => fold(event.target));
  cy.on("zoom", () => { if (far !== isFar(cy.zoom())) cy.style((far = !far, style())); });
  onDarkChanged(() => { cy.style(style()); legends(cy); });
  return cy;
}

// A long drawing has a higher place, where there is room beside it to scroll the page.
function stretch({ w, h }) {
  if (layout() === "springs" || isNarrow()) return;
  const place = document.querySelector(".canvas");
  place.style.height = `${Math.round(Math.min(0.88 * innerHeight, Math.max(0.5 * innerHeight, (h * place.clientWidth) / w + 40)))}px`;
}

const isFar = (zoom) => layout() === "springs" && large() && zoom < FAR;

function seen(zoom) {
  whole = Math.min(zoom, FAR);
  far = isFar(zoom);
}

// The space that things at these places take, with their names.
function extent(at) {
  if (layout() === "boxes") return { x1: -EDGE, y1: -EDGE, w: boxSpace.w + 2 * EDGE, h: boxSpace.h + 2 * EDGE };
  const names = new Map(told.nodes.map((one, i) => [one.iri, { name: one.name, side: joined[i]?.side ?? 0 }]));
  const { letters } = sizes();
  const ends = [...at].map(([iri, { x, y }]) => {
    const { name, side } = names.get(iri) ?? { name: "", side: 0 };
    const long = Math.min(measured(name), letters) + 16;
    if (!side) return [x - 60, x + 60, y - 60, y + 60];
    return [side > 0 ? x - 12 : x - long, side > 0 ? x + long : x + 12, y - 18, y + 18];
  });
  const side = (place, pick) => pick(...ends.map((one) => one[place]));
  const [x1, x2, y1, y2] = [side(0, Math.min), side(1, Math.max), side(2, Math.min), side(3, Math.max)];
  return { x1, y1, w: x2 - x1, h: y2 - y1 };
}

// How to show that space whole, beside the card where that lies on it; or what is near the middle, when names
// would be too small to read.
const LEAST = 0.75;
function showing({ x1, y1, w, h }, middle, across, down, least = layout() === "springs" ? 0 : LEAST) {
  const taken = card.hidden || getComputedStyle(card).position !== "absolute" ? 0 : card.offsetWidth + 20;
  const [width, height] = [across - taken - 24, down - 24];
  const zoom = Math.max(Math.min(width / w, height / h, 1.3), least);
  const along = (start, long, room, at) => (long * zoom <= room ? start + long / 2 : Math.min(Math.max(at, start + room / zoom / 2), start + long - room / zoom / 2));
  const [x, y] = [along(x1, w, width, middle.x), along(y1, h, height, middle.y)];
  return { zoom, pan: { x: 12 + width / 2 - zoom * x, y: 12 + height / 2 - zoom * y } };
}

function look(cy, least) {
  const at = new Map(cy.nodes(":childless").filter(":visible").map((node) => [node.id(), node.position()]));
  const view = showing(extent(at), cy.getElementById(told.centre).position(), cy.width(), cy.height(), least);
  seen(view.zoom);
  cy.style(style());
  cy.viewport(view);
}

// Bring the page to another wish: the list comes from the server, the drawing follows it.
async function go(cy, change) {
  const asked = wished();
  for (const [name, value] of Object.entries(change)) {
    if (value) asked.set(name, value);
    else asked.delete(name);
  }
  const address = `${location.pathname}?${String(asked).replaceAll("%2C", ",").replaceAll("%2F", "/")}`;
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) { location.assign(address); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  history.replaceState(null, "", address);
  for (const id of ["lists", "left-out"]) document.getElementById(id).replaceWith(page.getElementById(id));
  for (const link of page.querySelectorAll(".tools a, .tongue")) {
    const own = [...document.querySelectorAll(".tools a, .tongue")].find((one) => one.textContent === link.textContent);
    if (own) own.href = link.getAttribute("href");
  }
  told = read("told");
  update(cy);
}

function update(cy) {
  const stood = cy.nodes(":childless").map((node) => [node.id(), unwidened(node)]);
  const at = widened(places(new Map(stood)));
  const { nodes, edges } = shapes(at);
  const id = chosen?.id();
  cy.batch(() => {
    cy.elements().remove();
    cy.add([...nodes.map((one) => ({ ...one, position: { ...at.get(one.data.id) } })), ...edges]);
  });
  cy.style(style());
  legends(cy);
  choose(cy, cy.getElementById(id ?? told.centre));
  if (layout() === "boxes") look(cy);
}

// Expand or collapse a thing.
function fold(node) {
  const iri = short(node.id());
  const [opened, shut] = [listed("open"), listed("shut")];
  if (told.what === "all" || told.offline || iri === short(told.centre)) return;
  const isOpen = told.what === "law" ? node.isParent() : opened.includes(iri);
  const others = (list) => list.filter((one) => one !== iri);
  if (isOpen) go(node.cy(), { open: others(opened).join(","), shut: told.what === "law" ? [...others(shut), iri].join(",") : "" });
  else go(node.cy(), { open: [...others(opened), iri].join(","), shut: others(shut).join(",") });
}

function choose(cy, node) {
  cy.elements().removeClass("chosen near named far");
  chosen = node?.length ? node : undefined;
  card.hidden = !chosen;
  if (!chosen) return;
  node.addClass("chosen");
  const isMiddle = layout() === "columns" && node.id() === told.centre;
  const near = isMiddle ? cy.collection() : node.connectedEdges().addClass("near");
  if (near.length <= FEW) near.not(".says").addClass("named");
  if (told.nodes.length > 60 && !isMiddle) cy.elements().not(node).not(near).not(near.connectedNodes()).not(node.ancestors()).not(node.descendants()).addClass("far");
  const part = (name) => card.querySelector(`[data-${name}]`);
  card.querySelector("h2").textContent = node.data("name");
  part("kind").textContent = kindNames[node.data("kind")] ?? node.data("kind");
  part("about").textContent = node.data("about") ?? "";
  part("iri").textContent = node.id();
  part("iri").hidden = !told.offline;
  part("page").closest("p").hidden = part("around").closest("p").hidden = told.offline;
  part("page").href = kept(encodeURI(node.id().replace(told.base, "/")));
  part("around").href = kept(`/graph?node=${encodeURIComponent(short(node.id()))}`);
  const isOpen = told.what === "law" ? node.isParent() : listed("open").includes(short(node.id()));
  const canFold = !told.offline && node.id() !== told.centre && (told.what === "around" || (told.what === "law" && (isOpen || node.data("parts"))));
  part("expand").hidden = !canFold || isOpen;
  part("collapse").hidden = !canFold || !isOpen;
}

// The relations of the chosen thing are named: all where they are few, else those to the thing under the pointer.
const FEW = 12;
function tell(one, isOver) {
  const between = one.isEdge() ? one : chosen ? one.edgesWith(chosen) : one.collection();
  if (one.cy().edges(".near").length > FEW) between.toggleClass("named", isOver);
}

// Checkboxes that leave kinds and relations out; what was left out by the address stays among them.
function legends(cy) {
  const count = (list) => list.reduce((found, one) => found.set(one, (found.get(one) ?? 0) + 1), new Map());
  const kinds = count(told.nodes.map((node) => node.kind));
  for (const kind of listed("hide")) kinds.set(kind, 0);
  fill("kinds", [...kinds.keys()].sort(), "hide", (kind) => [kindNames[kind] ?? kind, kinds.get(kind), colour(kind)], cy);
  const relations = count(told.edges.map(([, r]) => told.relations[r].key));
  for (const key of listed("without")) relations.set(key, 0);
  const names = new Map(told.relations.map((one) => [one.key, one.name]));
  const name = (key) => names.get(key) ?? document.querySelector(`#relations [value="${CSS.escape(key)}"]`)?.dataset.name ?? key;
  fill("relations", [...relations.keys()].sort((a, b) => relations.get(b) - relations.get(a)), "without", (key) => [name(key), relations.get(key)], cy);
}

function fill(id, values, parameter, describe, cy) {
  const place = document.getElementById(id);
  const rows = values.map((value) => {
    const [name, count, tint] = describe(value);
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value, checked: !hidden(parameter).includes(value) });
    box.dataset.name = name;
    box.addEventListener("change", () => leaveOut(cy, parameter, value, box.checked));
    const label = document.createElement("label");
    label.append(box);
    if (tint) {
      const dot = Object.assign(document.createElement("span"), { className: "dot" });
      dot.style.backgroundColor = tint;
      label.append(dot);
    }
    label.append(name, Object.assign(document.createElement("span"), { className: "quiet", textContent: count ? ` ${count}` : "" }));
    return label;
  });
  const focused = document.activeElement?.closest?.(`#${id}`) ? document.activeElement.value : undefined;
  place.replaceChildren(place.querySelector("legend"), ...rows);
  if (focused) place.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
}

const away = { hide: new Set(), without: new Set() };
const hidden = (parameter) => (told.offline ? [...away[parameter]] : listed(parameter));

function leaveOut(cy, parameter, value, isShown) {
  if (!told.offline) {
    const others = listed(parameter).filter((one) => one !== value);
    go(cy, { [parameter]: (isShown ? others : [...others, value]).join(",") });
    return;
  }
  away[parameter][isShown ? "delete" : "add"](value);
  const keyOf = new Map(told.relations.map((one) => [one.iri, one.key]));
  cy.nodes().forEach((node) => { node.toggleClass("out", away.hide.has(node.data("kind")) && node.id() !== told.centre); });
  cy.edges().forEach((edge) => { edge.toggleClass("out", away.without.has(keyOf.get(edge.data("relation")))); });
}

// A picture holds every name, however far away the drawing is looked at.
function named(cy, take) {
  const before = far;
  far = false;
  if (before) cy.style(style());
  const picture = take();
  far = before;
  if (before) cy.style(style());
  return picture;
}

// On paper the drawing is a picture of the whole, as wide as the page.
function printed(cy) {
  const place = document.querySelector(".canvas");
  addEventListener("beforeprint", () => {
    const picture = named(cy, () => cy.png({ full: true, scale: 2, maxWidth: 3000, maxHeight: 3000 }));
    place.append(Object.assign(document.createElement("img"), { className: "printed", src: picture, alt: document.title }));
  });
  addEventListener("afterprint", () => place.querySelector(".printed")?.remove());
}

function save(name, address) {
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
}

if (globalThis.cytoscape) {
  document.getElementById("drawing").hidden = false;
  const cy = draw();
  const press = (selector, act) => document.querySelector(selector).addEventListener("click", act);
  legends(cy);
  if (told.what === "around") choose(cy, cy.getElementById(told.centre));
  if (!card.hidden) look(cy);
  press("#fit", () => look(cy, 0));
  press("#png", () => save("asylgraf.png", named(cy, () => cy.png({ full: true, scale: 2, bg: ink("--paper"), maxWidth: 6000, maxHeight: 6000 }))));
  press("#svg", () => save("asylgraf.svg", URL.createObjectURL(new Blob([svg(cy, document.title, ink("--ink"), ink("--paper"))], { type: "image/svg+xml" }))));
  press("[data-expand]", () => fold(chosen));
  press("[data-collapse]", () => fold(chosen));
  printed(cy);
  globalThis.drawing = cy;
  requestAnimationFrame(() => performance.mark("drawn"));
}
