import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { numberedAt, numbersOf, RADIUS } = await load("map/numbers");

const size = { width: 400, height: 300 };
const camera = { x: 0, y: 0, k: 20 };
const scene = (x, y) => ({
  graph: { x: Float32Array.from(x), y: Float32Array.from(y), importance: new Float32Array(x.length), concepts: 0 },
  numbered: [...x.keys()],
  chosen: [],
  path: [],
});
const places = (found) => found.map(({ x, y }) => [x, y]);

test("numbers that have room stand on what they count", () => {
  const alone = [0, 1].map((i) => numbersOf(scene([4 * i], [i]), camera, size)[0]);
  assert.deepEqual(places(numbersOf(scene([0, 4], [0, 1]), camera, size)), places(alone));
});

test("numbers that would cover each other stand side by side, near what they count, and can be pointed at", () => {
  const heap = scene([0, 0, 0.3, 0.2, -0.4], [0, 0, 0.1, 0.4, 0.2]);
  const found = numbersOf(heap, camera, size);
  for (const [i, one] of found.entries()) {
    for (const other of found.slice(0, i)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 2 * RADIUS - 4);
    assert.ok(Math.hypot(one.x - size.width / 2, one.y - size.height / 2) < 5 * RADIUS);
    assert.equal(numberedAt(heap, camera, size, one.x, one.y), i);
  }
});
