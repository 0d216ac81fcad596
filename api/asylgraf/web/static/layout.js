// Where the things of a drawing stand: springs along relations, everything else pushed apart. There is no
// chance in it, so that a drawing looks the same at each visit.

const LARGE = 250;
const REACH = 2.5;
const TURN = Math.PI * (3 - Math.sqrt(5));

// First places: rings around the first thing, each in the sector of the thing it was reached from.
// `things` are {r, from}, those reached later after those they were reached from.
export function rings(things) {
  const weight = things.map(() => 0);
  const depth = things.map((one, i) => (i ? 1 : 0));
  const above = things.map((one, i) => (i && one.from >= 0 && one.from < i ? one.from : i ? 0 : -1));
  for (let i = 1; i < things.length; i++) depth[i] = depth[above[i]] + 1;
  for (let i = things.length - 1; i >= 0; i--) {
    weight[i] = Math.max(weight[i], 1);
    if (above[i] >= 0) weight[above[i]] += weight[i];
  }
  const room = [];
  things.forEach((one, i) => { room[depth[i]] = (room[depth[i]] ?? 0) + 2 * one.r; });
  const radius = [0];
  for (let d = 1; d < room.length; d++) radius[d] = Math.max(radius[d - 1] + 3.2 * things[0].r, room[d] / (2 * Math.PI));
  const first = things.map(() => 0);
  const used = things.map(() => 0);
  const width = things.map(() => 2 * Math.PI);
  things.forEach((one, i) => {
    if (!i) { one.x = 0; one.y = 0; return; }
    const up = above[i];
    width[i] = (width[up] * weight[i]) / Math.max(1, weight[up] - (up ? 0 : 1));
    first[i] = first[up] + used[up];
    used[up] += width[i];
    const angle = first[i] + width[i] / 2;
    const far = things.length > LARGE ? 1.7 * one.r * Math.sqrt(i) : radius[depth[i]];
    one.x = far * Math.cos(angle);
    one.y = far * Math.sin(angle);
  });
}

// Let things find their places. `things` are {x, y, r, fixed}, `pairs` the related ones.
export function settle(things, pairs, { pull = 0.04, push = 0.6, rounds = things.length > LARGE ? 60 : 150 } = {}) {
  const n = things.length;
  const x = Float64Array.from(things, (one) => one.x);
  const y = Float64Array.from(things, (one) => one.y);
  const r = Float64Array.from(things, (one) => one.r);
  const size = Math.min(...r);
  const degree = new Float64Array(n);
  for (const [a, b] of pairs) { degree[a]++; degree[b]++; }
  for (let round = 0; round < rounds; round++) {
    const [fx, fy] = [new Float64Array(n), new Float64Array(n)];
    meet(x, y, r, REACH, (i, j, dx, dy, far) => {
      const small = 2 * Math.min(r[i], r[j]); // a large box keeps others off its edge, not off its middle
      const gap = Math.max(far - Math.abs(r[i] - r[j]), 0.2 * small);
      if (gap > REACH * small) return;
      const force = (push * small * small) / (gap * gap);
      fx[i] += dx * force; fy[i] += dy * force;
      fx[j] -= dx * force; fy[j] -= dy * force;
    });
    for (let i = 0; i < n; i++) { fx[i] -= pull * x[i]; fy[i] -= pull * y[i]; }
    for (const [a, b] of pairs) {
      const [dx, dy] = [x[b] - x[a], y[b] - y[a]];
      const far = Math.hypot(dx, dy) || 1;
      const force = (0.3 * (far - r[a] - r[b] - 0.4 * Math.min(r[a], r[b]))) / far / Math.sqrt(Math.min(degree[a], degree[b]));
      fx[a] += dx * force; fy[a] += dy * force;
      fx[b] -= dx * force; fy[b] -= dy * force;
    }
    const heat = 2 * size * (1 - round / rounds) + 1;
    for (let i = 0; i < n; i++) {
      if (things[i].fixed) continue;
      const strength = Math.hypot(fx[i], fy[i]) || 1;
      x[i] += (fx[i] / strength) * Math.min(strength, heat);
      y[i] += (fy[i] / strength) * Math.min(strength, heat);
    }
  }
  apart(things, x, y, r, n > LARGE ? 15 : 300);
  things.forEach((one, i) => { one.x = x[i]; one.y = y[i]; });
}

// Every two things nearer to each other than `reach` times their sizes; found by squares of a grid, each a chain
// of the things in it. What lies beyond the grid counts to its edge: no pair is missed.
const SQUARES = 128;
const grid = new Int32Array(SQUARES * SQUARES);
function meet(x, y, r, reach, visit) {
  const side = 2 * reach * Math.max(...r);
  const next = new Int32Array(x.length);
  const place = (at) => Math.min(SQUARES - 1, Math.max(0, Math.floor(at / side) + SQUARES / 2));
  grid.fill(-1);
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [place(x[i]), place(y[i])];
    for (let across = Math.max(0, a - 1); across <= Math.min(SQUARES - 1, a + 1); across++) {
      for (let down = Math.max(0, b - 1); down <= Math.min(SQUARES - 1, b + 1); down++) {
        for (let j = grid[across * SQUARES + down]; j >= 0; j = next[j]) {
          const [dx, dy] = [x[i] - x[j], y[i] - y[j]];
          const far = Math.sqrt(dx * dx + dy * dy);
          if (far < reach * (r[i] + r[j])) visit(i, j, dx, dy, far);
        }
      }
    }
    next[i] = grid[a * SQUARES + b];
    grid[a * SQUARES + b] = i;
  }
}

// Push things that overlap away from each other, those that are fixed excepted.
function apart(things, x, y, r, rounds) {
  for (let round = 0; round < rounds; round++) {
    let touched = false;
    meet(x, y, r, 1, (i, j, dx, dy, far) => {
      if (things[i].fixed && things[j].fixed) return;
      touched = true;
      const [ux, uy] = far ? [dx / far, dy / far] : [Math.cos(i * TURN), Math.sin(i * TURN)];
      const way = (r[i] + r[j] - far) / (things[i].fixed || things[j].fixed ? 1 : 2);
      if (!things[i].fixed) { x[i] += ux * way; y[i] += uy * way; }
      if (!things[j].fixed) { x[j] -= ux * way; y[j] -= uy * way; }
    });
    if (!touched) return;
  }
}
