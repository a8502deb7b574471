import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { lines, overlaps, Taken } = await load("map/declutter");

/** A small generator with a seed (mulberry32), so that a failure can be repeated. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("no two that got a place overlap, and no other would have fitted", () => {
  const pick = random(7);
  const rects = Array.from({ length: 600 }, () => ({ x: pick() * 900 - 50, y: pick() * 600 - 50, width: 20 + pick() * 120, height: 12 + pick() * 20 }));
  const taken = new Taken();
  const placed = [];
  for (const rect of rects) {
    const free = !placed.some((other) => overlaps(rect, other));
    assert.equal(taken.take(rect), free);
    if (free) placed.push(rect);
  }
  assert.ok(placed.length > 30 && placed.length < rects.length);
});

test("the first comes first", () => {
  const taken = new Taken();
  assert.equal(taken.take({ x: 0, y: 0, width: 50, height: 10 }), true);
  assert.equal(taken.take({ x: 49, y: 9, width: 50, height: 10 }), false);
  assert.equal(taken.take({ x: 50, y: 0, width: 50, height: 10 }), true);
});

test("a blocked place is not given away", () => {
  const taken = new Taken();
  taken.block({ x: 0, y: 0, width: 10, height: 10 });
  assert.equal(taken.take({ x: 5, y: 5, width: 10, height: 10 }), false);
});

test("names take two lines at most", () => {
  assert.deepEqual(lines("Bloom filter", 22), ["Bloom filter"]);
  assert.deepEqual(lines("Transmission Control Protocol", 22), ["Transmission Control", "Protocol"]);
  assert.equal(lines("x".repeat(90), 20).length, 1);
  assert.ok(lines("a very long title that goes on and on and on without an end in sight", 20).every((line) => line.length <= 26));
});
