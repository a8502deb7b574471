import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { placeLabels } = await load("map/draw");
const { numberBoxes } = await load("map/numbers");
const { overlaps } = await load("map/declutter");

const PEN = { font: "", measureText: (text) => ({ width: 8 * text.length }) };
const window = { width: 400, height: 300 };
const wide = { width: 560, height: 420 };
const camera = { x: 0, y: 0, k: 20 };

/** A scene of concepts at places all over what is drawn, those at the window's rims among them. */
function scene() {
  const x = Float32Array.from({ length: 120 }, (_, i) => ((i * 37) % 113) / 4 - 14);
  const y = Float32Array.from({ length: 120 }, (_, i) => ((i * 53) % 109) / 5 - 11);
  const nodes = Uint32Array.from(x.keys());
  const names = Array.from(nodes, (i) => `Concept number ${i}`);
  const importance = Float32Array.from(nodes, (i) => 1 / (i + 1));
  const graph = { x, y, importance, ranked: nodes, concepts: 120, size: 120, data: { concepts: { name: names } } };
  return { graph, lit: null, path: [], numbered: [], chosen: [], regions: [], theme: {}, visible: { node: new Uint8Array(120).fill(1), nodes } };
}

const boxes = (labels) => labels.map((label) => {
  const width = (Math.max(...label.rows.map((row) => row.length)) * 8 * label.size) / 16;
  return { x: label.x - width / 2, y: label.y, width, height: label.rows.length * label.size * 1.2 };
});
const holds = (rect, inner) => inner.x >= rect.x && inner.y >= rect.y && inner.x + inner.width <= rect.x + rect.width && inner.y + inner.height <= rect.y + rect.height;

test("no label is cut off by the window, and none overlaps another", () => {
  const found = boxes(placeLabels(PEN, scene(), { camera, size: window, ratio: 1 }));
  assert.ok(found.length > 8);
  for (const box of found) assert.ok(holds({ x: 0, y: 0, ...window }, box));
  for (const [i, box] of found.entries()) assert.ok(!found.slice(0, i).some((other) => overlaps(box, other)));
});

test("the window looks the same with and without what lies around it", () => {
  const alone = placeLabels(PEN, scene(), { camera, size: window, ratio: 1, window });
  const within = placeLabels(PEN, scene(), { camera, size: wide, ratio: 1, window });
  const [left, top] = [(wide.width - window.width) / 2, (wide.height - window.height) / 2];
  assert.ok(within.length > alone.length);
  assert.deepEqual(within.slice(0, alone.length).map(({ node, x, y }) => [node, Math.round(x - left), Math.round(y - top)]), alone.map(({ node, x, y }) => [node, Math.round(x), Math.round(y)]));
  for (const box of boxes(within.slice(alone.length))) assert.ok(!overlaps(box, { x: left, y: top, ...window }));
});

test("names keep clear of controls and of the numbers of a study path", () => {
  const covered = [{ x: 200, y: 0, width: 200, height: 52 }, { x: 0, y: 270, width: 400, height: 30 }];
  const lit = { nodes: new Set(Array.from({ length: 120 }, (_, i) => i)), edges: [] };
  const path = { ...scene(), lit, numbered: [3, 14, 15, 92, 65, 35] };
  for (const size of [window, wide]) {
    const [left, top] = [(size.width - window.width) / 2, (size.height - window.height) / 2];
    const kept = covered.map((rect) => ({ ...rect, x: rect.x + left, y: rect.y + top }));
    const found = boxes(placeLabels(PEN, path, { camera, size, ratio: 1, window, covered }));
    assert.ok(found.length > 8);
    for (const box of found) assert.ok(![...kept, ...numberBoxes(path, camera, size)].some((other) => overlaps(box, other)));
  }
});

test("what stands out, or is one of few, has its name above it where there is no room below", () => {
  const two = { ...scene().graph, x: Float32Array.from([0, 4]), y: Float32Array.from([0, 0.4]), ranked: [0, 1], size: 2, concepts: 2 };
  const sides = (lit, shown) => placeLabels(PEN, { ...scene(), graph: two, lit, visible: { node: new Uint8Array(shown).fill(1), nodes: new Uint32Array(shown) } }, { camera, size: window, ratio: 1 })
    .map(({ node, y }) => [node, y > 150 + 8 * node ? "below" : "above"]);
  assert.deepEqual(sides({ nodes: new Set([0, 1]), edges: [] }, 1000), [[0, "below"], [1, "above"]]);
  assert.deepEqual(sides(null, 2), [[0, "below"], [1, "above"]]);
  assert.deepEqual(sides(null, 1000), [[0, "below"]]);
});

test("a region has its whole name where there is room, the first part where there is little, none where there is none", () => {
  const regions = [6, 2, 1].map((reach, number) => ({ number, name: `Hash ${number}, bit and array`, nodes: [], x: 0, y: 4 * number, reach }));
  const afar = { ...scene(), regions, graph: { ...scene().graph, ranked: [], concepts: 150 } };
  const found = placeLabels(PEN, afar, { camera, size: { width: 800, height: 600 }, ratio: 1 });
  assert.deepEqual(found.map(({ rows }) => rows), [["HASH 0,", "BIT", "AND ARRAY"], ["HASH 1"]]);
});
