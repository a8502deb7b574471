// How long an article takes to read, and what of the needed it explains (study/reading.py).

import type { Columns } from "../data";

/** What explaining a concept is worth that a goal needs directly; worths are whole numbers, as equal here as in Python. */
export const UNIT = 2100;
const GOAL = 3 * UNIT;
/** Least weight, in hundredths, of what an article explains without being about it. */
const EXPLAINS = 33;
/** A passing mention is worth this part of explaining. */
export const MENTIONED = 4;

/** Articles with the concepts that they speak of. */
export interface Shelf {
  minutes: number[];
  /** Rows of an article: from `first[i]` up to `first[i + 1]`. */
  first: Uint32Array;
  concept: ArrayLike<number>;
  weight: ArrayLike<number>;
  core: Uint8Array;
  explains: Uint8Array;
}

/** What is needed and the article `explains`, of that what it is `about`, what it only `mentions`; what it `asks` besides. */
export interface Reading {
  article: number; minutes: number; explains: Set<number>; about: Set<number>; mentions: Set<number>; asks: Set<number>;
}

export function shelfOf({ links, study }: Pick<Columns, "links" | "study">): Shelf {
  const first = new Uint32Array(links.count.length + 1);
  const core = Uint8Array.from(links.core, Number);
  const explains = core.map((about, row) => about | Number(links.weight[row]! >= EXPLAINS));
  links.count.forEach((count, i) => { first[i + 1] = first[i]! + count; });
  return { minutes: study.minutes, first, concept: links.concept, weight: links.weight, core, explains };
}

/** What an article is about, by falling weight in hundredths, then by number. */
export function coreOf(shelf: Shelf, article: number): number[] {
  const rows = rowsOf(shelf, article).filter((row) => shelf.core[row]);
  rows.sort((a, b) => shelf.weight[b]! - shelf.weight[a]! || shelf.concept[a]! - shelf.concept[b]!);
  return rows.map((row) => shelf.concept[row]!);
}

export const rowsOf = (shelf: Shelf, article: number): number[] =>
  Array.from({ length: shelf.first[article + 1]! - shelf.first[article]! }, (_, i) => shelf.first[article]! + i);

/** The articles that explain anything needed, or speak of what none explains. */
export function readings(shelf: Shelf, needed: ReadonlySet<number>, known: ReadonlySet<number>, without: ReadonlySet<number>): Reading[] {
  const all = shelf.minutes.map((_, article) => article).filter((article) => !without.has(article));
  const found = all.map((article) => reading(shelf, article, needed, known));
  const explained = new Set(found.flatMap((one) => [...one.explains]));
  return found.filter((one) => one.explains.size || [...one.mentions].some((i) => !explained.has(i)));
}

function reading(shelf: Shelf, article: number, needed: ReadonlySet<number>, known: ReadonlySet<number>): Reading {
  const minutes = shelf.minutes[article]!;
  const made: Reading = { article, minutes, explains: new Set(), about: new Set(), mentions: new Set(), asks: new Set() };
  for (let row = shelf.first[article]!; row < shelf.first[article + 1]!; row++) {
    const concept = shelf.concept[row]!;
    if (needed.has(concept)) (shelf.explains[row] ? made.explains : made.mentions).add(concept);
    if (shelf.core[row] && needed.has(concept)) made.about.add(concept);
    else if (shelf.core[row] && !known.has(concept)) made.asks.add(concept);
  }
  return made;
}

/** What it is worth to have each needed concept explained: most for a goal, less the farther from one. */
export function worths(order: number[], goals: ReadonlySet<number>, depth: ReadonlyMap<number, number>): Map<number, number> {
  return new Map(order.map((i) => [i, goals.has(i) ? GOAL : Math.floor((4 * UNIT) / (3 + (depth.get(i) ?? 1)))]));
}
