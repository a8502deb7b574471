import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { fromHash, parent, START, toHash } = await load("state");

const places = [
  { at: "overview" },
  { at: "node", node: "concept:bloom-filter" },
  { at: "node", node: "article:databases/lsm-trees" },
  { at: "node", node: "concept:</script><b>?#&%" },
  { at: "read", node: "article:a/b" },
  { at: "link", a: "concept:a", b: "article:x/y" },
  { at: "path", a: "concept:a", b: "concept:b" },
  { at: "path", a: "concept:article:odd", b: "" },
  { at: "path", a: "", b: "" },
  { at: "community", number: 3 },
  { at: "study", goals: [], minutes: 0, without: [], strict: false },
  { at: "study", goals: ["concept:c++", "article:a/b+c", "concept:x"], minutes: 60, without: ["a/b", "c"], strict: true },
];

test("every place comes back from its address", () => {
  for (const place of places) assert.deepEqual(fromHash(toHash({ ...START, place })), { ...START, place });
});

test("every filter comes back from its address", () => {
  const state = { ...START, place: places[1], hops: 2, hidden: ["organization", "technology"], weight: 35, from: "2024-01-01", to: "2025-12-31", articles: false, show: "unfamiliar", within: 4 };
  assert.deepEqual(fromHash(toHash(state)), state);
});

test("the addresses that people write are understood", () => {
  assert.equal(toHash({ ...START, place: places[1] }), "#concept/bloom-filter");
  assert.equal(toHash({ ...START, place: places[6] }), "#path/a/b");
  assert.deepEqual(fromHash("#article/databases/lsm-trees").place, places[2]);
  assert.equal(toHash({ ...START, place: places[11] }).split("?")[0], "#study/c%2B%2B+article%3Aa%2Fb%2Bc+x");
  assert.deepEqual(fromHash("#study/raft+bloom-filter+raft?minutes=60").place, { at: "study", goals: ["concept:raft", "concept:bloom-filter"], minutes: 60, without: [], strict: false });
  assert.equal(fromHash("#study/raft?minutes=0").place.minutes, 0);
});

test("what is broken is left out", () => {
  for (const hash of ["", "#", "#nonsense/x", "#concept/", "#community/x", "#concept", "#link/a"]) assert.deepEqual(fromHash(hash), START);
  assert.deepEqual(fromHash("#?hops=9&weight=-4&from=yesterday&show=odd&in=-7&hide="), START);
  assert.deepEqual(fromHash("#concept/%E0%A4%A").place, { at: "node", node: "concept:%E0%A4%A" });
});

test("Escape leads back to the overview in finite steps", () => {
  for (const place of places) {
    let state = { ...START, place, hops: 2 };
    for (let i = 0; i < 4; i++) state = parent(state);
    assert.equal(state.place.at, "overview");
  }
});
