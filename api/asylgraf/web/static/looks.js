// How a drawing looks: colours by kind, names beside or below, lines from afar and near.
import { CELL } from "./boxes.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = {
  Provision: ["#1d4f63", "#8cc3d6"], Permit: ["#1d6b3a", "#7fd19b"], Consequence: ["#7a5500", "#e7c46a"],
  Fact: ["#6a4c93", "#c3a6e8"], Condition: ["#8a4f7d", "#dba2cf"], LegalInstrument: ["#5b5b34", "#cfcf96"],
  Actor: ["#9b4a1c", "#f0b48c"], Judgment: ["#9b2c2c", "#f0a0a0"], Step: ["#2f6f6f", "#95d5d5"],
  Source: ["#4a5a8a", "#aab8e6"], Factor: ["#8a3f5f", "#e3a5c0"], PersonGroup: ["#6b6b1f", "#d6d67a"],
  Chapter: ["#3d5a80", "#9db8dd"],
};
export const colour = (kind) => (colours[kind] ?? ["#5a6570", "#a3adb3"])[dark.matches ? 1 : 0];
export const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const onDarkChanged = (act) => dark.addEventListener("change", act);

export const FONT = "Helvetica Neue, Helvetica, sans-serif";
const pen = document.createElement("canvas").getContext("2d");

// The width of a name on one line, and how many lines it takes where it may be so wide.
export function measured(name, size = 12) {
  pen.font = `${size}px ${FONT}`;
  return pen.measureText(name).width;
}
export function linesOf(name, wide, size = 12) {
  let [lines, used] = [1, 0];
  for (const word of name.split(" ")) {
    const own = measured(`${word} `, size);
    if (used && used + own > wide) { lines += 1; used = 0; }
    used += own;
  }
  return lines;
}

const mark = (size = 18) => ({ "background-color": (node) => colour(node.data("kind")), width: size, height: size });
const naming = (scale = 1) => ({
  label: "data(name)", color: ink("--ink"), "font-size": 12 * scale, "font-family": FONT, "text-wrap": "wrap", "text-max-width": 110 * scale,
  "text-valign": "bottom", "text-margin-y": 4, "text-outline-color": ink("--paper"), "text-outline-width": 2 * scale });
const tip = () => ({ "target-arrow-color": ink("--quiet"), "target-arrow-shape": "triangle", "arrow-scale": 0.8 });

const near = ({ large }) => [
  { selector: "node", style: { ...mark(), ...naming(), "min-zoomed-font-size": 5 } },
  { selector: "node[steps = 0]", style: { "font-size": 15 } },
  { selector: "edge", style: { width: 1.2, "line-color": ink("--edge"), ...tip(), "curve-style": large ? "straight" : "bezier" } },
];

// From afar only the best connected things are named, and lines are plain: every property costs time for each
// of thousands of lines.
const afar = ({ whole }) => [
  { selector: "node", style: mark() },
  { selector: "node.known, node.chosen", style: { ...naming(0.95 / whole), "z-index": 9 } },
  { selector: "edge", style: { width: 0.7 / whole, "line-color": ink("--edge"), "haystack-radius": 0, "curve-style": "haystack" } },
];

const beside = (letters) => [
  { selector: "node.right, node.left", style: { ...mark(13), "text-valign": "center", "text-margin-y": 0, "text-max-width": letters } },
  { selector: "node.right", style: { "text-halign": "right", "text-margin-x": 4, "text-justification": "left" } },
  { selector: "node.left", style: { "text-halign": "left", "text-margin-x": -4, "text-justification": "right" } },
];

const columned = ({ sizes }) => [
  ...beside(sizes.letters),
  { selector: "edge", style: { opacity: 0.3, width: 1, "target-arrow-shape": "none", "curve-style": "unbundled-bezier", "control-point-distances": 30, "control-point-weights": 0.5 } },
  { selector: "edge.branch", style: {
    opacity: 1, width: 1.3, ...tip(), "curve-style": "segments", "edge-distances": "node-position",
    "segment-weights": (edge) => edge.data("weights").join(" "), "segment-distances": (edge) => edge.data("distances").join(" ") } },
  { selector: "edge.says", style: { ...said(), label: "data(label)", color: ink("--quiet"), "text-rotation": "none", "text-wrap": "wrap", "text-max-width": sizes.span[1] - sizes.span[0] - 6 } },
  { selector: "edge.near", style: { opacity: 1 } },
  { selector: "node[steps = 0]", style: { "text-background-color": ink("--paper"), "text-background-opacity": 1, "text-background-padding": 1 } },
];

const boxed = () => [
  ...beside(CELL),
  { selector: "node", style: { "z-index": 10, "z-index-compare": "manual" } },
  { selector: "edge", style: { width: 1, opacity: 0.4, "arrow-scale": 0.6, "curve-style": "straight", "z-index": 5, "z-index-compare": "manual" } },
  { selector: "node.box", style: {
    shape: "round-rectangle", "background-opacity": 0.07, "border-width": 1, "border-color": ink("--edge"), "text-valign": "top", "text-halign": "center",
    "text-margin-y": -3, "text-max-width": 600, "font-weight": "bold", padding: 10, "compound-sizing-wrt-labels": "include", "min-zoomed-font-size": 4, "z-index": 0 } },
  { selector: "edge.near", style: { opacity: 0.8 } },
];

const said = () => ({
  "font-size": 11, "font-family": FONT, color: ink("--ink"), "z-index": 99,
  "text-background-color": ink("--paper"), "text-background-opacity": 1, "text-background-padding": 2 });

// `how` is {layout, far, large, whole, sizes}; whole is the zoom that shows the whole drawing.
export const looks = (how) => [
  ...(how.far ? afar(how) : near(how)),
  { selector: "node[steps = 0]", style: { width: 34, height: 34, "font-weight": "bold" } },
  ...(how.layout === "columns" ? columned(how) : how.layout === "boxes" ? boxed() : []),
  { selector: "edge.near", style: {
    "line-color": ink("--accent"), "target-arrow-color": ink("--accent"), "target-arrow-shape": "triangle",
    width: how.far ? 2 / how.whole : how.layout === "boxes" ? 1.2 : 2 } },
  ...(how.layout === "springs" ? [{ selector: "edge.near", style: { "curve-style": how.large ? "straight" : "bezier" } }] : []),
  { selector: "edge.named", style: {
    ...said(), label: "data(name)", "font-size": how.far ? 11 / how.whole : 11, "text-rotation": "autorotate" } },
  { selector: "node.chosen", style: { "border-width": 3, "border-color": ink("--accent") } },
  { selector: ".far", style: { opacity: 0.25 } },
  { selector: ".out", style: { display: "none" } },
];
