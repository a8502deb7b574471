import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { sentencesAbout } = await load("panel/reader");

test("sentences of a PDF bear their page, others none", () => {
  const text = "A story\n\nKafka keeps records. Nothing else.\n\nA queue and Kafka.";
  const marks = [text.indexOf("Kafka"), 5, 0, text.lastIndexOf("Kafka") - text.indexOf("Kafka"), 5, 0];
  const pages = [text.indexOf("Kafka"), text.indexOf("A queue"), text.indexOf("A queue")];
  const graph = { concepts: 1, data: { reader: { text: [text, text], marks: [marks, marks], pages: [pages, []] } } };
  assert.deepEqual(sentencesAbout(graph, 1, 0, 9), ["Kafka keeps records. (p. 1)", "A queue and Kafka. (p. 3)"]);
  assert.deepEqual(sentencesAbout(graph, 2, 0, 1), ["Kafka keeps records."]);
});
