import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";
import { pathOf } from "./study_paths.mjs";

const { Needs } = await load("study/needs");
const CASES = JSON.parse(readFileSync(new URL("../golden/study_cases.json", import.meta.url)));

/** The surest edges first, without those that would close a circle: the page gets them so. */
function acyclic(requires) {
  const kept = [];
  const reaches = (from, to) => from === to || kept.some(([a, b]) => a === from && reaches(b, to));
  for (const edge of [...requires].sort((x, y) => y[2] - x[2] || (x[0] + x[1] < y[0] + y[1] ? -1 : 1))) {
    if (!reaches(edge[1], edge[0])) kept.push(edge);
  }
  return kept;
}

/** A made world in the page's columns. */
function columns(world) {
  const ids = [...world.concepts].sort();
  const edges = acyclic(world.requires);
  const followed = ids.map((id) => edges.filter(([a, , sure]) => a === id && sure >= 0.5));
  const articles = Object.entries(world.articles).sort(([a], [b]) => (a < b ? -1 : 1));
  const weights = { explains: 50, passing: 40, mentions: 20 };
  const rows = articles.map(([, one]) => Object.keys(weights).flatMap((key) => [...(one[key] ?? "")].map((id) => [id, key])));
  const all = rows.flat();
  const none = new Array(all.length).fill(0);
  return {
    concepts: { id: ids, name: ids.map((id) => id.toUpperCase()), definition: ids.map((id) => `What ${id} is.`) },
    articles: { id: articles.map(([id]) => id), title: articles.map(([id]) => id[0].toUpperCase() + id.slice(1)) },
    links: { count: rows.map((row) => row.length), concept: all.map(([id]) => ids.indexOf(id)), core: all.map(([, key]) => Number(key === "explains")).join(""), quote: none, weight: all.map(([, key]) => weights[key]) },
    strings: [""],
    study: {
      beyond: { id: [], name: [], definition: [], after: [] },
      count: followed.map((some) => some.length), needs: followed.flat().map(([, b]) => ids.indexOf(b)),
      why: followed.flat().map(([a, b]) => `${a} uses ${b}.`), needed_by: ids.map((id) => edges.filter(([, b]) => b === id).length),
      tier: followed.flat().map(() => 0), tiers: [["vocabulary", 100]],
      minutes: articles.map(([, one]) => one.minutes), headings: [], places: [],
    },
  };
}

for (const world of CASES) {
  test(world.name, () => {
    const { goals, known = "", budget = null, expected } = world;
    const path = pathOf(columns(world), { goals: [...goals], known: [...known], budget });
    assert.deepEqual({
      concepts: path.concepts.join(""), minutes: path.minutes, note: path.note, gaps: path.gaps.map((gap) => gap.id).join(""),
      steps: path.steps.map((step) => [step.article, step.concepts.join(""), step.minutes]),
      cut: path.cut.map((cut) => [cut.article, cut.concepts.join("")]),
    }, { note: "", gaps: "", cut: [], ...expected });
  });
}

test("the order of ids holds where some concepts are beyond the graph", () => {
  const concepts = { id: ["b", "d", "f"], name: ["B", "D", "F"], definition: ["", "", ""] };
  const beyond = { id: ["a", "c", "e", "g"], name: ["A", "C", "E", "G"], definition: ["", "", "", ""], after: [0, 1, 2, 3] };
  const none = [0, 0, 0, 0, 0, 0, 0];
  const needs = new Needs({ concepts, study: { beyond, count: none, needs: [], needed_by: none } });
  assert.equal(needs.ordered(new Set([0, 1, 2, 3, 4, 5, 6])).map((i) => needs.ids[i]).join(""), "abcdefg");
});
