import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { over, pixelOf, stamp } = await load("map/pixels");

test("a colour is red in the lowest byte", () => assert.equal(pixelOf("#010203"), 0xff030201));

test("over mixes each channel by itself", () => {
  for (const [under, color] of [["#ffffff", "#000000"], ["#10fa00", "#f00a80"], ["#123456", "#fedcba"]]) {
    for (const alpha of [0, 1, 90, 200, 255]) {
      const mixed = over(pixelOf(under), pixelOf(color), alpha);
      for (const shift of [0, 8, 16]) {
        const [from, to] = [(pixelOf(under) >>> shift) & 255, (pixelOf(color) >>> shift) & 255];
        assert.ok(Math.abs(((mixed >>> shift) & 255) - (from + ((to - from) * alpha) / 255)) < 2.1);
      }
      assert.equal(mixed >>> 24, 255);
    }
  }
});

test("what a stamp has outside the picture is cut off", () => {
  const small = { width: 2, height: 2, pixels: Uint32Array.of(1, 2, 3, 4).map((value) => value + 0xff000000) };
  const stamped = (left, top, fade) => {
    const onto = { width: 3, height: 2, pixels: new Uint32Array(6).fill(0xff000000) };
    stamp(onto, small, left, top, fade);
    return [...onto.pixels].map((pixel) => pixel - 0xff000000);
  };
  assert.deepEqual(stamped(1, 0), [0, 1, 2, 0, 3, 4]);
  assert.deepEqual(stamped(-1, 1), [0, 0, 0, 2, 0, 0]);
  assert.deepEqual(stamped(2, -1), [0, 0, 3, 0, 0, 0]);
  assert.deepEqual(stamped(3, 0), [0, 0, 0, 0, 0, 0]);
  assert.deepEqual(stamped(1, 0, 0), [0, 0, 0, 0, 0, 0]);
});
