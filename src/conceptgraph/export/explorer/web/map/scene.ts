// What there is to draw, apart from where it is seen from.

import type { Graph } from "../graph";
import type { Emphasis, Visible } from "../visible";
import type { Theme } from "./theme";

export interface Scene {
  graph: Graph;
  visible: Visible;
  /** What stands out; all else is faint. */
  lit: Emphasis | null;
  /** What all this is about: what is selected, the goals of a study path. */
  chosen: number[];
  /** Nodes of the way that is shown, in order. */
  path: number[];
  /** Nodes that bear their number in the order of study. */
  numbered: number[];
  known: Uint8Array;
  theme: Theme;
  regions: Region[];
}

/** A community on the map: where its name stands, and how far it reaches, in world units. */
export interface Region { number: number; name: string; nodes: number[]; x: number; y: number; reach: number }

/** Radius in pixels: grows with the zoom, but less than it, so that a closer look shows more room. */
export function radiusOf({ graph }: Pick<Scene, "graph">, node: number, k: number): number {
  const base = 3.4 + (node >= graph.concepts ? 5 : 9) * Math.sqrt(graph.importance[node]!);
  return Math.max(1.1, base * Math.min(1.6, (k / 34) ** 0.7));
}

/** So many times as far as if it were packed, and a community counts as scattered. */
const SCATTERED = 2.2;

const middle = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** The communities that have a place of their own: the largest ones, with what is shown of them. */
export function regionsOf(graph: Graph, shown: Visible, most = 40): Region[] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < graph.concepts; i++) {
    const number = graph.community[i]!;
    if (shown.node[i] && number >= 0 && number < most) {
      const nodes = members.get(number);
      if (nodes) nodes.push(i);
      else members.set(number, [i]);
    }
  }
  const all = [...members].filter(([, nodes]) => nodes.length > 3).map(([number, nodes]) => {
    const [x, y] = [middle(nodes.map((i) => graph.x[i]!)), middle(nodes.map((i) => graph.y[i]!))];
    const reach = middle(nodes.map((i) => Math.hypot(graph.x[i]! - x, graph.y[i]! - y)));
    // What strays far from its own would blur where the community lies.
    const core = nodes.filter((i) => Math.hypot(graph.x[i]! - x, graph.y[i]! - y) <= 1.5 * reach);
    return { number, name: graph.data.communities[number]!, nodes: core, x, y, reach };
  });
  // A community that lies scattered over the map is no region of it; articles take their room between its concepts.
  const room = graph.size / Math.max(1, graph.concepts);
  return all.filter(({ nodes, reach }) => reach < SCATTERED * Math.sqrt((room * nodes.length) / 6));
}
