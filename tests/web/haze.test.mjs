import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Haze } = await load("map/haze");

const total = (haze) => {
  let sum = 0;
  for (let y = 0; y < haze.height; y++) for (let x = 0; x < haze.width; x++) sum += haze.at(x, y);
  return sum;
};

test("a line lies where its ends are, whichever comes first", () => {
  for (const [x0, y0, x1, y1] of [[10, 20, 40, 30], [5, 5, 8, 45], [40, 40, 12, 9], [20, 3, 20, 30]]) {
    const [there, back] = [new Haze(50, 50), new Haze(50, 50)];
    there.line(x0, y0, x1, y1, 0.5);
    back.line(x1, y1, x0, y0, 0.5);
    for (const [x, y] of [[x0, y0], [x1, y1]]) assert.ok(there.at(x, y) > 0.49);
    assert.ok(Math.abs(total(there) - 0.5 * (1 + Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)))) < 1e-3);
    assert.ok(Math.abs(total(there) - total(back)) < 1e-3);
  }
});

test("what reaches beyond the picture is cut off, and wraps nowhere", () => {
  const haze = new Haze(30, 20);
  haze.line(-1e6, 10, 1e6, 10, 1);
  haze.line(15, -1e6, 15, 1e6, 1);
  haze.line(-50, 19, -10, 3, 1);
  haze.line(40, 2, 90, 9, 1);
  assert.ok(Math.abs(total(haze) - 50) < 1e-3);
  for (let y = 0; y < 20; y++) assert.equal(haze.at(0, y) > 0, y === 10);
});

test("overlapping links darken, and never beyond full", () => {
  const haze = new Haze(4, 3);
  for (let i = 0; i < 100; i++) haze.line(0, 1, 3, 1, 0.2);
  haze.line(0, 0, 3, 0, 0.2);
  const pixels = new Uint8ClampedArray(4 * 4 * 3);
  haze.paint(pixels, [1, 2, 3], 0, 3);
  assert.deepEqual([...pixels.slice(0, 4)], [1, 2, 3, 46]);
  assert.deepEqual([...pixels.slice(16, 20)], [1, 2, 3, 255]);
  assert.deepEqual([...pixels.slice(32, 36)], [0, 0, 0, 0]);
});
