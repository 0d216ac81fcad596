// Places in columns, as a sentence is read: what speaks of the middle stands on its left, what it speaks of on
// its right, things of one relation below each other. There is no chance in it, and what is opened later stands
// farther out and moves nothing, so that a drawing looks the same at each visit.

// The width of a name; how far from a thing those reached from it stand, and between what the name of their
// relation stands meanwhile; on a screen, and on a phone, where all stands on the right.
export const WIDE = { letters: 190, out: 225, span: [48, 158] };
export const NARROW = { letters: 150, out: 152, span: [22, 124], isOneSided: true };
export const LINE = 15;
const GAP = 9;
const UNEVEN = 1.6;

// `things` are {from, by, forward, wave, lines}, those reached later after those they were reached from; `by` is
// the place of a relation among all, of which `words` says the lines its name takes. Back come {x, y, side, joint, bears, turned}.
export function columns(things, words, sizes) {
  const { letters, out, isOneSided } = sizes;
  const groups = related(things, words);
  const places = things.map(() => ({ x: 0, y: 0, side: 0 }));
  const depth = things.map(() => 0);
  const first = groups.filter((one) => !one.wave && one.from <= 0).sort((a, b) => b.forward - a.forward || a.by - b.by);
  for (const [side, members] of sided(first, isOneSided)) {
    let top = isOneSided && members.length > 1 ? 0 : -sum(members) / 2;
    for (const one of members) {
      set(things, places, depth, one, side, out, top, sizes);
      top += one.height;
    }
  }
  const taken = new Map();
  for (const one of groups) {
    if (first.includes(one)) continue;
    const side = places[one.from]?.side || (one.forward || isOneSided ? 1 : -1);
    const x = side * places[one.from].x + out + (depth[one.from] ? letters : 0);
    const column = `${side} ${x}`;
    if (!taken.has(column)) taken.set(column, first.length && x === out ? [height(places, side)] : []);
    const top = free(taken.get(column), places[one.from].y - one.height / 2, one.height);
    taken.get(column).push([top, top + one.height]);
    set(things, places, depth, one, side, x, top, sizes);
  }
  return places;
}

// Things reached from one thing by one relation, in one go.
function related(things, words) {
  const found = new Map();
  things.forEach(({ from, by, forward, wave }, i) => {
    if (!i) return;
    const key = `${from} ${by} ${forward} ${wave}`;
    if (!found.has(key)) found.set(key, { from: Math.max(from, 0), by, forward, wave, members: [] });
    found.get(key).members.push(i);
  });
  for (const one of found.values()) {
    const rows = one.members.reduce((height, i) => height + LINE * things[i].lines + GAP, 0);
    one.height = Math.max(rows, LINE * words(one.by) + GAP) + GAP;
  }
  return [...found.values()];
}

const sum = (groups) => groups.reduce((height, one) => height + one.height, 0);

// The groups of each side. Where one is much longer, the last of it stand on the other.
function sided(groups, isOneSided) {
  const right = groups.filter((one) => isOneSided || one.forward);
  const left = groups.filter((one) => !right.includes(one));
  const [long, short] = sum(left) > sum(right) ? [left, right] : [right, left];
  while (!isOneSided && long.length > 1 && sum(long) > UNEVEN * sum(short) && sum(long) > 24 * LINE) {
    const last = long.at(-1);
    if (sum(short) + last.height > sum(long)) break;
    short.unshift(long.pop());
  }
  return [[1, right], [-1, left]];
}

function set(things, places, depth, { from, forward, members, height }, side, x, top, { letters, span }) {
  const start = side * places[from].x + (depth[from] ? letters : 0);
  const joint = { x1: side * (start + span[0]), x2: side * (start + span[1]), y: top + height / 2 };
  const rows = members.reduce((whole, i) => whole + LINE * things[i].lines + GAP, 0);
  let y = top + (height - rows) / 2;
  members.forEach((i, at) => {
    const own = LINE * things[i].lines + GAP;
    places[i] = { x: side * x, y: y + own / 2, side, joint, bears: at === 0, turned: forward !== side > 0 };
    depth[i] = depth[from] + 1;
    y += own;
  });
}

function height(places, side) {
  const here = places.filter((one) => one.side === side).map((one) => one.y);
  return here.length ? [Math.min(...here) - LINE, Math.max(...here) + LINE] : [0, 0];
}

// The place nearest to the one wished for that is free.
function free(taken, wished, height) {
  const fits = (top) => taken.every(([start, end]) => top >= end || top + height <= start);
  const choices = [wished, ...taken.flatMap(([start, end]) => [start - height, end])].filter(fits);
  return choices.sort((a, b) => Math.abs(a - wished) - Math.abs(b - wished))[0];
}

// How an edge from one point to another bends so that it passes two others, as the drawing library wants it told.
export function bends(from, to, through) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.hypot(dx, dy) || 1;
  const told = through.map(({ x, y }) => {
    const [px, py] = [x - from.x, y - from.y];
    return [(px * dx + py * dy) / (far * far), (py * dx - px * dy) / far];
  });
  return { weights: told.map(([weight]) => weight), distances: told.map(([, distance]) => distance) };
}
