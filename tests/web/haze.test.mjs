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
  const picture = { width: 4, height: 3, pixels: new Uint32Array(12).fill(0xffffffff) };
  haze.paint(picture, 0xff030201, 0, 3);
  const [faint, full, none] = [picture.pixels[0], picture.pixels[4], picture.pixels[8]].map((pixel) => pixel & 255);
  assert.ok(Math.abs(faint - (255 - 254 * (1 - Math.exp(-0.2)))) < 2);
  assert.equal(picture.pixels[4], 0xff030201, String(full));
  assert.equal(none, 255);
});

test("a coarse haze covers squares, and no more than the picture", () => {
  const haze = new Haze(2, 2);
  haze.line(0, 0, 1, 0, 9);
  const picture = { width: 3, height: 3, pixels: new Uint32Array(9).fill(0xffffffff) };
  haze.paint(picture, 0xff000000, 0, 2, 2);
  assert.deepEqual([...picture.pixels], [...Array(6).fill(0xff000000), ...Array(3).fill(0xffffffff)]);
});

test("a line is the same whether its ends lie in the picture or far outside", () => {
  const [short, long] = [new Haze(40, 30), new Haze(40, 30)];
  short.line(0, 3, 39, 26.4, 0.5);
  long.line(-50, 3 - 30, 89, 26.4 + 30, 0.5);
  for (let y = 0; y < 29; y++) for (let x = 0; x < 40; x++) assert.ok(Math.abs(short.at(x, y) - long.at(x, y)) < 1e-3);
});
