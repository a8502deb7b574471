import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { order } = await load("graph");

test("the greatest come first, and equals stay in their order", () => {
  assert.deepEqual([...order(Float32Array.of(0.2, 1, 0.2, 0, 0.9, 1))], [1, 5, 4, 0, 2, 3]);
  assert.deepEqual([...order(new Float32Array(0))], []);
  const values = Float32Array.from({ length: 500 }, (_, i) => ((i * 379) % 500) / 500);
  const sorted = Array.from(values.keys()).sort((i, j) => values[j] - values[i]);
  assert.deepEqual([...order(values)], sorted);
});
