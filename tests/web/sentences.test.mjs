import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { anyOf, bestOf } = await load("sentences");

const of = (...texts) => texts.map((text) => ({ text, names: [], article: -1 }));
const pick = (sentences, ...wanted) => bestOf(sentences, wanted).map(({ text }) => text);

test("a sentence that names all that is wanted is enough", () => {
  const both = "Consul keeps its members in step over a Merkle tree.";
  const found = of("Consul is a store for coordination between servers.", "A Merkle tree is a tree of hashes that are compared.", both);
  assert.deepEqual(pick(found, ["Consul"], ["Merkle tree"]), [both]);
});

test("else the best for each is shown, or the best at all", () => {
  const sentences = of("Consul", "With Consul, a cluster finds its members by gossip.", "| Merkle tree | hashes compared from the root down |", "Two copies compare their Merkle trees level by level.", "Nothing of that sort.");
  assert.deepEqual(pick(sentences, ["Consul"], ["Merkle tree", "hash tree"]), [sentences[1].text, sentences[3].text]);
  assert.deepEqual(pick(of("Short.", "This sentence is longer and says a bit more."), ["Consul"]), ["This sentence is longer and says a bit more."]);
  assert.deepEqual(pick([], ["Consul"]), []);
});

test("names are found as words, whatever they hold", () => {
  const found = (name, text) => new RegExp(anyOf([name]), "iu").test(text);
  assert.ok(found("C++", "Written in C++."));
  assert.ok(found("set", "two sets of rows") && !found("set", "an asset") && !found("set", "setting"));
  assert.equal(new RegExp(anyOf(["False negative"]), "iu").exec("no false negatives.")[0], "false negatives");
  assert.ok(found("write-ahead log", "A write ahead log") && found("hash table", "Hash-tables are"));
  assert.equal(anyOf(["x", ""]), null);
});
