import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { clamped, filling, fitting, toScreen, toWorld, zoomed } = await load("map/camera");

const size = { width: 800, height: 600 };
const box = { x0: -50, y0: -20, x1: 50, y1: 20 };

test("a window at the rim of the map is moved inwards, one in its middle is not", () => {
  const inner = { x: 3, y: 2, k: 40 };
  assert.deepEqual(clamped(inner, box, size, 100), inner);
  const rim = clamped({ x: 49, y: 19, k: 40 }, box, size, 100);
  assert.deepEqual(toScreen(rim, size, 50, 20), [700, 500]);
  assert.deepEqual(toScreen(clamped({ x: 0, y: 19, k: 40 }, box, size, 100, 60), size, 50, 20)[1], 440);
});

test("a map smaller than the window lies in its middle", () => {
  const { x, y } = clamped({ x: 49, y: -19, k: 4 }, box, size, 20);
  assert.deepEqual([x, y], [0, 0]);
});

test("zooming keeps the point under the pointer", () => {
  const before = { x: 5, y: 6, k: 20 };
  const after = zoomed(before, size, 1.7, 100, 500, 1, 160);
  const [one, other] = [toWorld(before, size, 100, 500), toWorld(after, size, 100, 500)];
  assert.ok(Math.hypot(one[0] - other[0], one[1] - other[1]) < 1e-9);
});

test("a map is drawn out to fill a window of another shape, and no further than is good for it", () => {
  const tall = { width: 390, height: 500 };
  const [x, y] = filling(box, { width: 800, height: 440 }, 0, 20, 20);
  assert.deepEqual([x, y], [1, 400 / 800 / 0.4]);
  assert.deepEqual(filling(box, tall, 28, 56, 24), [1, 1.6]);
  assert.deepEqual(filling({ x0: 0, y0: 0, x1: 1, y1: 1 }, { width: 150, height: 100 }, 0), [1.5, 1]);
});

test("a map that fits leaves free what stands above and below it", () => {
  const camera = fitting(box, size, 50, 100, 60, 20);
  const [, top] = toScreen(camera, size, 0, box.y0);
  const [, bottom] = toScreen(camera, size, 0, box.y1);
  assert.equal(Math.round(top - 70), Math.round(600 - 110 - bottom));
});
