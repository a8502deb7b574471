import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Known, parseKnown } = await load("known");

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("what is known is kept, and comes back", () => {
  const place = storage();
  const known = new Known(place);
  known.set("b", true);
  known.set("a", true);
  known.set("b", false);
  assert.deepEqual([...new Known(place).ids], ["a"]);
  assert.deepEqual(JSON.parse(known.toJson()), { known: ["a"] });
});

test("a file adds to what is known; one of another form changes nothing", () => {
  const known = new Known(storage());
  assert.equal(known.add('{"known": ["x", "y"]}'), true);
  for (const text of ["", "[]", "{}", '{"known": "x"}', '{"known": [1]}', "{"]) assert.equal(known.add(text), false);
  assert.deepEqual([...known.ids], ["x", "y"]);
  assert.equal(parseKnown("null"), null);
});

test("what was read is kept apart from what is known", () => {
  const place = storage();
  new Known(place).set("a", true);
  const read = new Known(place, "read");
  read.set("x", true);
  assert.deepEqual([...new Known(place, "read").ids], ["x"]);
  assert.deepEqual([...new Known(place).ids], ["a"]);
  assert.deepEqual(JSON.parse(read.toJson()), { read: ["x"] });
});

test("a browser that keeps nothing is no reason to fail", () => {
  const refusing = { getItem: () => { throw new Error("denied"); }, setItem: () => { throw new Error("denied"); } };
  const known = new Known(refusing);
  known.set("a", true);
  assert.ok(known.ids.has("a"));
  assert.ok(new Known(null).ids.size === 0);
});
