// What needs what (prerequisites/graph.py): the concepts of the graph, and those beyond it that they need.

import type { Columns } from "../data";
import { Heap } from "../heap";

/** How many steps down a closure goes. */
const REACH = 4;

/** Why one concept needs another: a sentence in which marks stand for their names; empty where none is known. */
export const reasonOf = ({ study }: Pick<Columns, "study">, edge: number, one: string, other: string): string =>
  (study.why[edge] ?? "").replaceAll("\x01", () => one).replaceAll("\x02", () => other);

export class Needs {
  readonly size: number;
  readonly ids: string[];
  readonly names: string[];
  readonly definitions: string[];
  /** Edges of a concept, the surest first: from `first[i]` up to `first[i + 1]`. */
  readonly first: Uint32Array;
  readonly to: ArrayLike<number>;
  private readonly from: Uint32Array;
  private readonly neededBy: number[];
  /** Places in the order of ids. */
  private readonly rank: Uint32Array;

  constructor({ concepts, study }: Pick<Columns, "concepts" | "study">) {
    const { beyond, count } = study;
    this.size = count.length;
    this.ids = [...concepts.id, ...beyond.id];
    this.names = [...concepts.name, ...beyond.name];
    this.definitions = [...concepts.definition, ...beyond.definition];
    this.to = study.needs;
    this.neededBy = study.needed_by;
    this.first = new Uint32Array(this.size + 1);
    this.from = new Uint32Array(study.needs.length);
    count.forEach((edges, i) => {
      this.first[i + 1] = this.first[i]! + edges;
      this.from.fill(i, this.first[i]!, this.first[i + 1]!);
    });
    this.rank = ranks(concepts.id.length, beyond.after);
  }

  /** Concept that an edge starts from. */
  source(edge: number): number {
    return this.from[edge]!;
  }

  *edges(concept: number): Generator<number> {
    for (let edge = this.first[concept]!; edge < this.first[concept + 1]!; edge++) yield edge;
  }

  direct(concept: number): number[] {
    return [...this.edges(concept)].map((edge) => this.to[edge]!);
  }

  /** The concepts and all that they need, without what is known; what is needed only for that is not needed either. */
  needed(concepts: Iterable<number>, known: ReadonlySet<number> = new Set(), reach = REACH): Set<number> {
    const found = new Set<number>();
    let layer = new Set([...concepts].filter((i) => !known.has(i)));
    for (let hop = 0; layer.size && hop <= reach; hop++) {
      for (const i of layer) found.add(i);
      const below = [...layer].flatMap((i) => this.direct(i));
      layer = new Set(below.filter((i) => !found.has(i) && !known.has(i)));
    }
    return found;
  }

  /** Who knows some concepts knows these. */
  implied(known: Iterable<number>): Set<number> {
    return this.needed(known, new Set(), Infinity);
  }

  /** In the order of study: after a concept come those that it completes the needs of; ties go to what more need. */
  ordered(concepts: ReadonlySet<number>): number[] {
    const missing = new Map<number, Set<number>>();
    const unlocks = new Map<number, number[]>();
    for (const i of concepts) {
      const inside = this.direct(i).filter((other) => concepts.has(other));
      missing.set(i, new Set(inside));
      for (const other of inside) unlocks.set(other, [...(unlocks.get(other) ?? []), i]);
    }
    const most = this.neededBy.reduce((a, b) => Math.max(a, b), 0) + 1;
    const heap = new Heap();
    const push = (i: number, after: number) => heap.push(i, (-after * most - this.neededBy[i]!) * this.size + this.rank[i]!);
    for (const [i, needs] of missing) if (!needs.size) push(i, 0);
    const order: number[] = [];
    while (heap.size) {
      const [done] = heap.pop();
      order.push(done);
      for (const i of unlocks.get(done) ?? []) {
        const needs = missing.get(i)!;
        if (needs.delete(done) && !needs.size) push(i, order.length);
      }
    }
    return order;
  }

  /** The fewest edges that lead from a goal down to what it needs; none if none do. */
  chain(goal: number, concept: number): number[] {
    const came = new Map([[goal, -1]]);
    let layer = [goal];
    while (layer.length && !came.has(concept)) {
      const following: number[] = [];
      for (const i of layer) {
        for (const edge of this.edges(i)) {
          const other = this.to[edge]!;
          if (came.has(other)) continue;
          came.set(other, edge);
          following.push(other);
        }
      }
      layer = following;
    }
    const steps: number[] = [];
    for (let edge = came.get(concept) ?? -1; edge >= 0; edge = came.get(this.from[edge]!)!) steps.unshift(edge);
    return steps;
  }
}

function ranks(graph: number, after: number[]): Uint32Array {
  const rank = new Uint32Array(graph + after.length);
  let before = 0;
  for (let i = 0; i < graph; i++) {
    while (before < after.length && after[before]! <= i) before++;
    rank[i] = i + before;
  }
  after.forEach((count, i) => { rank[graph + i] = count + i; });
  return rank;
}
