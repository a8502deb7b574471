import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { allowed, distance, fold, makeIndex, search } = await load("search");

const NAMES = [
  ["Apache Cassandra", "Cassandra", "C*"], ["Bloom filter", "bloom filters"], ["Cuckoo filter"], ["C++", "cpp"], ["C"], ["C#"],
  ["CAP theorem", "Brewer's theorem"], ["Write-ahead log", "WAL"], ["Log-structured merge-tree", "LSM tree"], ["Naïve Bayes classifier"], ["Database"],
  ["How Uber built Odin"], ["Load balancing"],
];
const entries = NAMES.flatMap(([first, ...others], node) => [
  { node, name: first, preferred: true, importance: 0.5 },
  ...others.map((name) => ({ node, name, preferred: false, importance: 0.5 })),
]);
const index = makeIndex(entries);
const first = (query) => NAMES[search(index, query)[0]?.node]?.[0];

test("finds by label, alternative label and title", () => {
  assert.equal(first("bloom filter"), "Bloom filter");
  assert.equal(first("wal"), "Write-ahead log");
  assert.equal(first("brewers theorem"), "CAP theorem");
  assert.equal(first("uber odin"), "How Uber built Odin");
});

test("forgives typing errors", () => {
  for (const [typed, meant] of [["cassanrda", "Apache Cassandra"], ["blom filter", "Bloom filter"], ["bloom fitler", "Bloom filter"], ["databse", "Database"], ["load balnacing", "Load balancing"], ["casandra", "Apache Cassandra"]]) {
    assert.equal(first(typed), meant, typed);
  }
});

test("takes beginnings, any order, joined words and words without accents", () => {
  assert.equal(first("cass"), "Apache Cassandra");
  assert.equal(first("filter bloom"), "Bloom filter");
  assert.equal(first("bloomfilter"), "Bloom filter");
  assert.equal(first("naive bayes"), "Naïve Bayes classifier");
  assert.equal(first("write ahead"), "Write-ahead log");
});

test("an exact short name wins over longer ones", () => {
  assert.equal(first("c"), "C");
  assert.equal(first("c++"), "C++");
  assert.equal(first("C#"), "C#");
});

test("nonsense, nothing and punctuation find nothing", () => {
  for (const query of ["", "   ", "!!!", "zzzzqqqq"]) assert.deepEqual(search(index, query), []);
});

test("a node is found once, though several of its labels fit", () => {
  const nodes = search(index, "bloom").map((hit) => hit.node);
  assert.equal(new Set(nodes).size, nodes.length);
});

test("distance counts swaps as one and stops early", () => {
  assert.equal(distance("cassanrda", "cassandra", 2), 1);
  assert.equal(distance("kitten", "sitting", 3), 3);
  assert.equal(distance("abc", "xyz", 1), 2);
  assert.equal(distance("cassan", "cassandra", 1, true), 0);
  assert.equal(allowed(3), 0);
});

test("folding keeps what tells names apart", () => {
  assert.equal(fold("Naïve  C++/C# (draft)"), "naive c++ c# draft");
});
