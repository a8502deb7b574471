// The graph in arrays: nodes are numbered, concepts first, then articles.

import type { Columns, RelationColumns } from "./data";
import type { Net } from "./paths";

export type EdgeType = "mention" | "relation" | "need" | "citation" | "similar";
export const EDGE_TYPES: readonly EdgeType[] = ["mention", "relation", "need", "citation", "similar"];

export interface Graph {
  data: Columns;
  concepts: number;
  size: number;
  x: Float32Array;
  y: Float32Array;
  kind: Uint8Array;
  community: Int32Array;
  isNew: Uint8Array;
  /** In [0, 1]; what labels, sizes and lists go by. */
  importance: Float32Array;
  /** Nodes, the most important first. */
  ranked: Uint32Array;
  degree: Uint32Array;
  a: Uint32Array;
  b: Uint32Array;
  type: Uint8Array;
  /** Row of the edge in its table. */
  row: Uint32Array;
  strength: Float32Array;
  /** Edges, the strongest first. */
  strongest: Uint32Array;
  /** Edges of node i: `incident[first[i]]` up to `incident[first[i + 1]]`. */
  first: Uint32Array;
  incident: Uint32Array;
  byRef: Map<string, number>;
}

/** Places come in sixteenths of the layout's unit. */
const UNIT = 16;

interface Edges { a: number[]; b: number[]; type: number[]; row: number[]; strength: number[] }

export function makeGraph(data: Columns): Graph {
  const concepts = data.concepts.id.length;
  const size = concepts + data.articles.id.length;
  const edges = allEdges(data, concepts);
  const adjacency = incidence(size, edges);
  const importance = importances(data, concepts, size);
  const strength = Float32Array.from(edges.strength);
  const byRef = new Map<string, number>();
  data.concepts.id.forEach((id, i) => byRef.set(`concept:${id}`, i));
  data.articles.id.forEach((id, i) => byRef.set(`article:${id}`, concepts + i));
  const isNew = new Uint8Array(size);
  for (const i of data.concepts.new) isNew[i] = 1;
  const articleKind = data.kinds.length - 1;
  return {
    data, concepts, size, importance, strength, byRef, isNew, ...adjacency,
    x: Float32Array.from([...data.concepts.x, ...data.articles.x], (v) => v / UNIT),
    y: Float32Array.from([...data.concepts.y, ...data.articles.y], (v) => v / UNIT),
    kind: Uint8Array.from([...data.concepts.kind, ...data.articles.id.map(() => articleKind)]),
    community: Int32Array.from([...data.concepts.community, ...data.articles.community]),
    ranked: order(importance),
    a: Uint32Array.from(edges.a),
    b: Uint32Array.from(edges.b),
    type: Uint8Array.from(edges.type),
    row: Uint32Array.from(edges.row),
    strongest: order(strength),
  };
}

const LEVELS = 1 << 16;

/** Places of values in [0, 1] by falling value, told apart to 1/65,535; equals stay in their order (counting sort). */
export function order(values: Float32Array): Uint32Array {
  const level = Uint16Array.from(values, (value) => Math.round((1 - Math.min(1, Math.max(0, value))) * (LEVELS - 1)));
  const next = new Uint32Array(LEVELS + 1);
  for (const at of level) next[at + 1]!++;
  for (let i = 0; i < LEVELS; i++) next[i + 1]! += next[i]!;
  const ordered = new Uint32Array(values.length);
  level.forEach((at, i) => { ordered[next[at]!++] = i; });
  return ordered;
}

function allEdges(data: Columns, concepts: number): Edges {
  const edges: Edges = { a: [], b: [], type: [], row: [], strength: [] };
  const add = (type: EdgeType, row: number, a: number, b: number, strength: number) => {
    edges.type.push(EDGE_TYPES.indexOf(type));
    edges.row.push(row);
    edges.a.push(a);
    edges.b.push(b);
    edges.strength.push(strength);
  };
  let row = 0;
  data.links.count.forEach((count, article) => {
    for (const end = row + count; row < end; row++) {
      add("mention", row, concepts + article, data.links.concept[row]!, data.links.weight[row]! / 100);
    }
  });
  data.relations.source.forEach((source, i) => add("relation", i, source, data.relations.target[i]!, relationStrength(data.relations, i)));
  const { study } = data;
  let need = 0;
  study.count.forEach((count, source) => {
    for (const end = need + count; need < end; need++) {
      const target = study.needs[need]!;
      // What needs or is needed beyond the graph has no place on the map.
      if (source < concepts && target < concepts) add("need", need, source, target, NEED * (study.tiers[study.tier[need]!]![1] / 100));
    }
  });
  const { citations, related } = data;
  citations.source.forEach((source, i) => add("citation", i, concepts + source, concepts + citations.target[i]!, 0.9));
  related.source.forEach((source, i) => {
    add("similar", i, concepts + source, concepts + related.target[i]!, related.score[i]! / 100);
  });
  return edges;
}

/** How near what is needed is, where it is sure. */
const NEED = 0.8;

/** Facts are sure but say little of how near two are: "related" and mere company count less than "is a kind of". */
function relationStrength(table: RelationColumns, i: number): number {
  const kind = table.kinds[table.kind[i]!];
  return (table.confidence[i]! / 100) * (kind === "co_occurs" ? 0.35 : kind === "related" ? 0.6 : 0.8);
}

/** The graph as paths go over it: mere company counts half, for it says little of how two things hang together. */
export function network(graph: Graph): Net {
  const { relations } = graph.data;
  const company = relations.kinds.indexOf("co_occurs");
  const strength = graph.strength.map((value, e) => (EDGE_TYPES[graph.type[e]!] === "relation" && relations.kind[graph.row[e]!] === company ? value / 2 : value));
  return { ...graph, strength };
}

function incidence(size: number, { a, b }: Edges): Pick<Graph, "first" | "incident" | "degree"> {
  const degree = new Uint32Array(size);
  for (const end of [a, b]) for (const node of end) degree[node]!++;
  const first = new Uint32Array(size + 1);
  for (let i = 0; i < size; i++) first[i + 1] = first[i]! + degree[i]!;
  const next = first.slice();
  const incident = new Uint32Array(2 * a.length);
  for (let e = 0; e < a.length; e++) {
    incident[next[a[e]!]!++] = e;
    incident[next[b[e]!]!++] = e;
  }
  return { first, incident, degree };
}

function importances(data: Columns, concepts: number, size: number): Float32Array {
  const importance = new Float32Array(size);
  data.links.concept.forEach((concept, row) => { importance[concept]! += data.links.weight[row]! / 100; });
  const most = Math.max(1e-6, ...reduced(importance.subarray(0, concepts)));
  for (let i = 0; i < concepts; i++) importance[i]! /= most;
  const longest = Math.max(1, ...reduced(data.links.count));
  // A few articles are landmarks of their map; thousands of them would hide the concepts.
  const share = Math.min(1, 0.04 + 25 / Math.max(1, size - concepts));
  data.links.count.forEach((count, i) => { importance[concepts + i] = share * (0.3 + (0.7 * count) / longest); });
  return importance;
}

/** Maxima of blocks, so that Math.max can take them as arguments. */
function reduced(values: ArrayLike<number>): number[] {
  const maxima: number[] = [];
  for (let i = 0; i < values.length; i += 1) {
    const block = i >> 12;
    maxima[block] = Math.max(maxima[block] ?? -Infinity, values[i]!);
  }
  return maxima;
}

export const isArticle = (graph: Graph, node: number): boolean => node >= graph.concepts;

export function nameOf(graph: Graph, node: number): string {
  return isArticle(graph, node) ? graph.data.articles.title[node - graph.concepts]! : graph.data.concepts.name[node]!;
}

export function refOf(graph: Graph, node: number): string {
  return isArticle(graph, node)
    ? `article:${graph.data.articles.id[node - graph.concepts]}`
    : `concept:${graph.data.concepts.id[node]}`;
}

export const otherEnd = (graph: Graph, edge: number, node: number): number =>
  graph.a[edge] === node ? graph.b[edge]! : graph.a[edge]!;

export const edgeType = (graph: Graph, edge: number): EdgeType => EDGE_TYPES[graph.type[edge]!]!;

export function edgesOf(graph: Graph, node: number): Uint32Array {
  return graph.incident.subarray(graph.first[node], graph.first[node + 1]);
}

/** Edges between two nodes, the strongest first. */
export function edgesBetween(graph: Graph, one: number, other: number): number[] {
  const found = [...edgesOf(graph, one)].filter((edge) => otherEnd(graph, edge, one) === other);
  return found.sort((e, f) => graph.strength[f]! - graph.strength[e]!);
}

/** Neighbours, each once, by the strongest edge to it; only over edges that `shown` lets pass. */
export function neighbours(graph: Graph, node: number, shown: (edge: number) => boolean = () => true): number[] {
  const edges = [...edgesOf(graph, node)].filter(shown).sort((e, f) => graph.strength[f]! - graph.strength[e]!);
  return [...new Set(edges.map((edge) => otherEnd(graph, edge, node)))];
}

export const DAY = 86_400_000;

/** Day number of an article's date, NaN where it has none. */
export function dayOf(graph: Graph, node: number): number {
  return Math.floor(Date.parse(graph.data.articles.published[node - graph.concepts] ?? "") / DAY);
}
