import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { bestPaths, hubCost, stepCost } = await load("paths");

function net(size, edges) {
  const degree = new Uint32Array(size);
  for (const [a, b] of edges) { degree[a]++; degree[b]++; }
  const first = new Uint32Array(size + 1);
  for (let i = 0; i < size; i++) first[i + 1] = first[i] + degree[i];
  const next = first.slice();
  const incident = new Uint32Array(2 * edges.length);
  edges.forEach(([a, b], e) => { incident[next[a]++] = e; incident[next[b]++] = e; });
  const column = (i) => edges.map((edge) => edge[i]);
  return { size, first, incident, degree, a: Uint32Array.from(column(0)), b: Uint32Array.from(column(1)), strength: Float32Array.from(column(2)) };
}

/** All simple paths by brute force, the cheapest first. */
function all(graph, start, goal) {
  const found = [];
  const walk = (node, nodes, cost) => {
    if (node === goal) return found.push({ nodes, cost });
    for (let i = graph.first[node]; i < graph.first[node + 1]; i++) {
      const edge = graph.incident[i];
      const other = graph.a[edge] === node ? graph.b[edge] : graph.a[edge];
      if (nodes.includes(other)) continue;
      walk(other, [...nodes, other], cost + (node === start ? 0 : hubCost(graph.degree[node])) + stepCost(graph.strength[edge]));
    }
  };
  walk(start, [start], 0);
  return found.sort((p, q) => p.cost - q.cost);
}

test("the first path is the cheapest of all, on random graphs", () => {
  let seed = 5;
  const pick = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 40; round++) {
    const edges = Array.from({ length: 16 }, () => [Math.floor(pick() * 8), Math.floor(pick() * 8), 0.1 + 0.9 * pick()]).filter(([a, b]) => a !== b);
    const graph = net(8, edges);
    const [want] = all(graph, 0, 7);
    const [got] = bestPaths(graph, 0, 7);
    assert.equal(got === undefined, want === undefined);
    if (got) assert.ok(Math.abs(got.cost - want.cost) < 1e-5, `${got.cost} ${want.cost}`);
  }
});

test("paths are loopless, different, in order of cost, and chains of their edges", () => {
  const graph = net(7, [[0, 1, 0.9], [1, 6, 0.9], [0, 2, 0.8], [2, 6, 0.8], [0, 3, 0.7], [3, 4, 0.7], [4, 6, 0.7], [1, 2, 0.5], [5, 0, 1]]);
  const paths = bestPaths(graph, 0, 6, 3);
  assert.equal(paths.length, 3);
  assert.deepEqual(paths[0].nodes, [0, 1, 6]);
  assert.deepEqual(paths.map((path) => path.cost), paths.map((path) => path.cost).sort((p, q) => p - q));
  for (const { nodes, edges } of paths) {
    assert.equal(new Set(nodes).size, nodes.length);
    edges.forEach((edge, i) => assert.deepEqual(new Set([graph.a[edge], graph.b[edge]]), new Set([nodes[i], nodes[i + 1]])));
  }
});

test("a hub is no shortcut", () => {
  const hub = 50;
  const spokes = Array.from({ length: 40 }, (_, i) => [hub, 5 + i, 0.9]);
  const graph = net(51, [[0, hub, 0.9], [hub, 3, 0.9], [0, 1, 0.8], [1, 3, 0.8], ...spokes]);
  assert.deepEqual(bestPaths(graph, 0, 3, 1)[0].nodes, [0, 1, 3]);
});

test("there is no path to oneself, to what is apart, or over what may not be used", () => {
  const graph = net(4, [[0, 1, 0.5], [2, 3, 0.5]]);
  assert.deepEqual(bestPaths(graph, 0, 0), []);
  assert.deepEqual(bestPaths(graph, 0, 3), []);
  assert.deepEqual(bestPaths(graph, 0, 1, 3, () => false), []);
});
