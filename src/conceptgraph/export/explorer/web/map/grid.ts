// Which node is under the pointer: nodes by cells of the plane.

import type { Graph } from "../graph";

export class Grid {
  private cells = new Map<number, number[]>();
  private readonly cell = 2;

  constructor(private graph: Graph, nodes: Iterable<number>) {
    for (const i of nodes) {
      const key = this.key(Math.floor(graph.x[i]! / this.cell), Math.floor(graph.y[i]! / this.cell));
      const there = this.cells.get(key);
      if (there) there.push(i);
      else this.cells.set(key, [i]);
    }
  }

  private key(column: number, row: number): number {
    return (column + 32_768) * 65_536 + row + 32_768;
  }

  /** The node nearest to a point whose rim is at most `reach` world units away; -1 where there is none. */
  at(x: number, y: number, reach: number, radius: (node: number) => number): number {
    let best = -1;
    let least = reach;
    const far = Math.ceil((reach + 1) / this.cell);
    const [column, row] = [Math.floor(x / this.cell), Math.floor(y / this.cell)];
    for (let i = column - far; i <= column + far; i++) {
      for (let j = row - far; j <= row + far; j++) {
        for (const node of this.cells.get(this.key(i, j)) ?? []) {
          const gap = Math.hypot(this.graph.x[node]! - x, this.graph.y[node]! - y) - radius(node);
          if (gap <= least) [best, least] = [node, gap];
        }
      }
    }
    return best;
  }
}

/** The edge nearest to a point within `reach` world units; -1 where there is none. */
export function edgeAt(graph: Graph, edges: Iterable<number>, x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach;
  for (const e of edges) {
    const [x0, y0, x1, y1] = [graph.x[graph.a[e]!]!, graph.y[graph.a[e]!]!, graph.x[graph.b[e]!]!, graph.y[graph.b[e]!]!];
    const [dx, dy] = [x1 - x0, y1 - y0];
    const t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
    const gap = Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
    if (gap <= least) [best, least] = [e, gap];
  }
  return best;
}
