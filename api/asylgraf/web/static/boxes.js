// Places in boxes: a thing's box holds what is part of it, row by row as people count; no name lies on another.

export const CELL = 170; // the width of a name in a box
const TITLE = 24;
export const EDGE = 12;

// `things` are {w, h, title, key, kind}: the room a name takes, or the width of a box's title, and what it is
// ordered by; `inside[i]` is the thing that i stands in, or -1; `wide` says how wide a drawing of an area may be.
// Back come the middles of the dots, {x, y}, and the size of the whole.
export function boxes(things, inside, wide) {
  const content = new Map();
  inside.forEach((outer, i) => content.set(outer, [...(content.get(outer) ?? []), i]));
  const order = new Intl.Collator("en", { numeric: true });
  const places = things.map(() => ({ x: 0, y: 0 }));
  const ordered = (outer) => (content.get(outer) ?? []).sort((a, b) => order.compare(things[a].key, things[b].key));
  const area = (blocks) => blocks.reduce((all, one) => all + (one.w + EDGE) * (one.h + EDGE), 0);
  const move = (i, dx, dy) => {
    for (const one of content.get(i) ?? []) {
      places[one].x += dx;
      places[one].y += dy;
      move(one, dx, dy);
    }
  };

  // A box: the things in it that are none, in columns, and the boxes in it.
  const boxed = (i) => {
    const members = ordered(i);
    const plain = members.filter((one) => !content.has(one));
    const blocks = members.filter((one) => content.has(one)).map(boxed);
    if (plain.length) blocks.unshift(listing(plain, things, places, Math.sqrt(room(plain, things) * 1.4)));
    const packed = shelves(blocks, Math.sqrt(area(blocks) * 1.5));
    const w = Math.max(packed.w, things[i].title);
    for (const { block, x, y } of packed.set) block.shift(x + (w - packed.w) / 2, y);
    return { w: w + 2 * EDGE, h: packed.h + TITLE + 2 * EDGE, shift: (x, y) => move(i, x + EDGE, y + TITLE + EDGE) };
  };

  // Beside the boxes stand things that are in none, kind by kind.
  const all = ordered(-1);
  const blocks = all.filter((i) => content.has(i)).map(boxed).sort((a, b) => b.h - a.h);
  const loose = new Map();
  for (const i of all.filter((one) => !content.has(one))) loose.set(things[i].kind, [...(loose.get(things[i].kind) ?? []), i]);
  const width = wide(area(blocks) + [...loose.values()].reduce((sum, own) => sum + room(own, things), 0));
  for (const own of loose.values()) blocks.push(listing(own, things, places, width));
  const packed = shelves(blocks, width);
  for (const { block, x, y } of packed.set) block.shift(x, y);
  return { places, w: packed.w, h: packed.h };
}

const room = (own, things) => own.length * Math.max(...own.map((i) => things[i].w)) * (own.reduce((sum, i) => sum + things[i].h, 0) / own.length);

// Things in columns as wide as their longest name and about equally high, no wider than `width` together.
function listing(own, things, places, width) {
  const w = Math.max(...own.map((i) => things[i].w));
  const across = Math.min(own.length, Math.max(1, Math.floor(width / w)));
  const high = own.reduce((sum, i) => sum + things[i].h, 0) / across;
  const at = [];
  let [column, y, most] = [0, 0, 0];
  for (const i of own) {
    if (y && column < across - 1 && y + things[i].h / 2 > high) [column, y] = [column + 1, 0];
    at.push([i, column * w + 10, y + things[i].h / 2]);
    y += things[i].h;
    most = Math.max(most, y);
  }
  const shift = (left, top) => { for (const [i, x, down] of at) places[i] = { x: left + x, y: top + down }; };
  return { w: (column + 1) * w, h: most, shift };
}

// Blocks in rows; where one is low, the next may stand below it.
function shelves(blocks, width) {
  const set = [];
  let [top, right, wide] = [0, 0, 0];
  let stacks = [];
  const close = () => {
    top += Math.max(0, ...stacks.map((one) => one.used));
    stacks = [];
    right = 0;
  };
  for (const block of blocks) {
    const high = Math.max(0, ...stacks.map((one) => one.high));
    let stack = stacks.find((one) => one.w >= block.w && one.used + block.h <= high);
    if (!stack) {
      if (right && right + block.w > width) close();
      stack = { x: right, w: block.w, used: 0, high: block.h };
      stacks.push(stack);
      right += block.w + EDGE;
    }
    set.push({ block, x: stack.x, y: top + stack.used });
    stack.used += block.h + EDGE;
    wide = Math.max(wide, stack.x + block.w);
  }
  close();
  return { set, w: wide, h: Math.max(0, top - EDGE) };
}
