// Which nodes and links the filters leave, which of them are drawn, and which stand out.

import { DAY, EDGE_TYPES, edgesOf, isArticle, otherEnd, type Graph } from "./graph";
import type { State } from "./state";

/** More than this is a blot: the most important nodes and the strongest links are drawn, all of them on focus. */
export const MOST_NODES = 20_000;
export const MOST_EDGES = 40_000;
/** How many `co_occurs` links of a concept are drawn; the lists have them all. */
const COMPANY = 3;

export interface Visible {
  /** What the filters leave. */
  node: Uint8Array;
  edge: Uint8Array;
  /** To draw: nodes the least important first, links the weakest first. */
  nodes: Uint32Array;
  edges: Uint32Array;
  leftOut: boolean;
}

const MENTION = EDGE_TYPES.indexOf("mention");
const RELATION = EDGE_TYPES.indexOf("relation");
const SIMILAR = EDGE_TYPES.indexOf("similar");

export function visible(graph: Graph, state: State, known: ReadonlySet<string>, selected: number): Visible {
  const node = shownNodes(graph, state, known);
  const edge = shownEdges(graph, state, node);
  if (selected >= 0) node[selected] = 1;
  if (state.hops && selected >= 0) keepNear(graph, node, edge, selected, state.hops);
  const focused = state.hops > 0;
  const nodes = graph.ranked.filter((i) => node[i] === 1);
  const edges = drawnEdges(graph, edge);
  const some = focused ? nodes : nodes.subarray(0, MOST_NODES);
  const drawn = new Uint8Array(graph.size);
  for (const i of some) drawn[i] = 1;
  const between = edges.filter((e) => drawn[graph.a[e]!]! && drawn[graph.b[e]!]!);
  const strong = focused ? between : between.subarray(0, MOST_EDGES);
  const leftOut = some.length < nodes.length || strong.length < between.length;
  return { node, edge, nodes: some.slice().reverse(), edges: strong.slice().reverse(), leftOut };
}

/** Articles within the dates, and concepts that pass every filter and that one of these articles mentions. */
function shownNodes(graph: Graph, state: State, known: ReadonlySet<string>): Uint8Array {
  const { data, concepts } = graph;
  const hidden = new Set(state.hidden.map((id) => data.kinds.findIndex(([kind]) => kind === id)));
  const node = new Uint8Array(graph.size);
  for (let i = concepts; i < graph.size; i++) {
    const published = data.articles.published[i - concepts]!;
    const inTime = (!state.from && !state.to) || (published !== "" && published >= state.from && (!state.to || published.slice(0, 10) <= state.to));
    node[i] = Number(inTime);
  }
  for (let e = 0; e < graph.a.length && graph.type[e] === MENTION; e++) {
    const concept = graph.b[e]!;
    if (node[graph.a[e]!] && 100 * graph.strength[e]! + 0.5 >= state.weight) node[concept] = 1;
  }
  for (let i = 0; i < graph.size; i++) {
    if (state.within >= 0 && graph.community[i] !== state.within) node[i] = 0;
    if (hidden.has(graph.kind[i]!)) node[i] = 0;
    if (i < concepts && !passes(graph, state, known, i)) node[i] = 0;
    if (i >= concepts && !state.articles) node[i] = 0;
  }
  return node;
}

function passes(graph: Graph, state: State, known: ReadonlySet<string>, concept: number): boolean {
  switch (state.show) {
    case "vocabulary": return !graph.isNew[concept];
    case "new": return graph.isNew[concept] === 1;
    case "familiar": return known.has(graph.data.concepts.id[concept]!);
    case "unfamiliar": return !known.has(graph.data.concepts.id[concept]!);
    default: return true;
  }
}

function shownEdges(graph: Graph, state: State, node: Uint8Array): Uint8Array {
  const edge = new Uint8Array(graph.a.length);
  for (let e = 0; e < edge.length; e++) {
    const strong = graph.type[e] !== MENTION || 100 * graph.strength[e]! + 0.5 >= state.weight;
    edge[e] = Number(strong && node[graph.a[e]!]! && node[graph.b[e]!]!);
  }
  return edge;
}

/** Nodes within some hops of one. */
export function within(graph: Graph, from: number, hops: number, edge: Uint8Array): Set<number> {
  const near = new Set([from]);
  let rim = [from];
  for (let hop = 0; hop < hops; hop++) {
    const next: number[] = [];
    for (const node of rim) {
      for (const e of edgesOf(graph, node)) {
        const other = otherEnd(graph, e, node);
        if (edge[e] && !near.has(other)) {
          near.add(other);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return near;
}

function keepNear(graph: Graph, node: Uint8Array, edge: Uint8Array, selected: number, hops: number): void {
  for (const e of edgesOf(graph, selected)) {
    if (node[otherEnd(graph, e, selected)]) edge[e] = 1;
  }
  const near = within(graph, selected, hops, edge);
  for (let i = 0; i < node.length; i++) node[i] = Number(near.has(i));
  for (let e = 0; e < edge.length; e++) edge[e]! &= node[graph.a[e]!]! & node[graph.b[e]!]!;
}

/** Shown links, the strongest first, without each concept's weaker company: all of that would be a hairball. */
function drawnEdges(graph: Graph, edge: Uint8Array): Uint32Array {
  const { relations } = graph.data;
  const company = relations.kinds.indexOf("co_occurs");
  const taken = new Uint16Array(graph.size);
  return graph.strongest.filter((e) => {
    if (!edge[e] || graph.type[e] === SIMILAR) return false;
    if (graph.type[e] !== RELATION || relations.kind[graph.row[e]!] !== company) return true;
    const [a, b] = [graph.a[e]!, graph.b[e]!];
    if (taken[a]! >= COMPANY || taken[b]! >= COMPANY) return false;
    taken[a]!++;
    taken[b]!++;
    return true;
  });
}

/** What stands out: the selected, what it is linked to, and the links between. Null where nothing does. */
export interface Emphasis { nodes: Set<number>; edges: number[] }

export function around(graph: Graph, shown: Visible, selected: number): Emphasis {
  const edges = [...edgesOf(graph, selected)].filter((e) => shown.edge[e]);
  return { nodes: new Set([selected, ...edges.map((e) => otherEnd(graph, e, selected))]), edges };
}

/** Articles a month, from the first to the last that has a date. */
export function months(graph: Graph): { month: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const published of graph.data.articles.published) {
    if (/^\d{4}-\d\d/.test(published)) counts.set(published.slice(0, 7), (counts.get(published.slice(0, 7)) ?? 0) + 1);
  }
  const [first, last] = [[...counts.keys()].sort()[0], [...counts.keys()].sort().at(-1)];
  if (!first || !last) return [];
  const all: { month: string; count: number }[] = [];
  for (let at = Date.parse(`${first}-01`); at <= Date.parse(`${last}-01`); at += 32 * DAY) {
    const month = new Date(at).toISOString().slice(0, 7);
    at = Date.parse(`${month}-01`);
    all.push({ month, count: counts.get(month) ?? 0 });
  }
  return all;
}

export const articlesShown = (graph: Graph, shown: Visible): number[] =>
  [...graph.ranked].filter((i) => isArticle(graph, i) && shown.node[i]);
