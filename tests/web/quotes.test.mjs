import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { oneLine, sentenceOf } = await load("quotes");

test("a stretch is one line as Python makes it", () => {
  // tests/unit/test_extract.py holds the same of conceptgraph.extract.quotes.quoted.
  assert.equal(oneLine("Logs\n\nKafka is  a log."), "Logs — Kafka is a log.");
  assert.equal(oneLine(" a\x1cb\x85c\ufeffd\u3000e "), "a b c\ufeffd e");
});

test("a sentence is a place in the text, with the page of a PDF", () => {
  const text = "🚀 Up.\nKafka is a log. A queue feeds it.";
  const start = text.indexOf("Kafka");
  const data = {
    links: { start: [start, 0], length: [15, 0] }, strings: [""],
    reader: { text: ["", text], pages: [[], [0, start]] },
  };
  assert.equal(sentenceOf(data, 1, 0), "Kafka is a log. (p. 2)");
  assert.equal(sentenceOf(data, 1, 1), "");
});

test("a page without texts has its sentences in words", () => {
  assert.equal(sentenceOf({ links: { quote: [1] }, strings: ["", "Kafka is a log."], reader: { text: [], pages: [] } }, 0, 0), "Kafka is a log.");
});
