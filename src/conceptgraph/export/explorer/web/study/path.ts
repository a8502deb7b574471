// A study path: what to read, in what order and why. The same rules as study/*.py; tests hold both to the same answers.

import { choose } from "./choose";
import type { Needs } from "./needs";
import { readingOrder, type Lesson } from "./order";
import { coreOf, readings, worths, type Reading, type Shelf } from "./readings";

export interface Library { needs: Needs; shelf: Shelf }
export type Goal = { concept: number } | { article: number };

export interface Options {
  known: Iterable<number>;
  /** Who knows a concept need not know what that needs. */
  strict: boolean;
  /** Most minutes to read; null for as many as it takes. */
  minutes: number | null;
  /** Articles not to read. */
  without: ReadonlySet<number>;
}

export interface Step {
  article: number;
  minutes: number;
  concepts: number[];
  /** Whether it explains any of them, or only speaks of them. */
  explained: boolean;
  /** What of it the goal leads to: the goal itself if it is taught here. */
  main: number;
  isGoal: boolean;
  /** Edges from the goal down to `main`. */
  chain: number[];
  unlocks: number[];
  alternatives: number[];
}

export interface Cut { article: number; minutes: number; concepts: number[] }

/** What no article explains, and how many steps it is from the nearest goal. */
export interface Gap { concept: number; distance: number }

export interface StudyPath {
  goals: Goal[];
  minutes: number;
  budget: number | null;
  steps: Step[];
  /** All that is needed, in the order of study. */
  concepts: number[];
  /** The nearest first. */
  gaps: Gap[];
  cut: Cut[];
  /** Minutes of the shortest article that helps; 0 where none does. */
  least: number;
}

/** What share of an article's lesson another must explain to be named in its place; how many are named. */
const LIKE = 0.5;
const ALTERNATIVES = 3;

export function studyPath({ needs, shelf }: Library, goals: Goal[], { known: marked, strict, minutes, without }: Options): StudyPath {
  const known = strict ? new Set(marked) : needs.implied(marked);
  const own = new Set(goals.flatMap((goal) => ("article" in goal ? [goal.article] : [])));
  const aims = goals.flatMap((goal) => ("article" in goal ? coreOf(shelf, goal.article) : [goal.concept]));
  const order = needs.ordered(needs.needed(aims, known));
  const inside = new Set(order);
  const depth = depths(needs, aims, inside);
  const worth = worths(order, new Set(aims), depth);
  const candidates = order.length ? readings(shelf, inside, known, without) : [];
  const chosen = withOwn(candidates, own, worth, minutes);
  const explained = explainedBy(candidates);
  const taught = readingOrder(chosen, order, needs);
  return {
    goals,
    minutes: minutesOf(chosen),
    budget: minutes,
    steps: steps(needs, taught, aims, order, candidates),
    concepts: order,
    gaps: order.filter((i) => !explained.has(i)).map((i) => ({ concept: i, distance: depth.get(i)! })).sort((a, b) => a.distance - b.distance),
    cut: leftOut(candidates, chosen, worth, minutes, order),
    least: candidates.length ? Math.min(...candidates.map((one) => one.minutes)) : 0,
  };
}

const explainedBy = (some: Reading[]): Set<number> => new Set(some.flatMap((one) => [...one.explains]));
const minutesOf = (some: Reading[]): number => some.reduce((sum, one) => sum + one.minutes, 0);

/** How many steps each needed concept is from the nearest goal. */
function depths(needs: Needs, aims: number[], inside: ReadonlySet<number>): Map<number, number> {
  const depth = new Map(aims.map((i) => [i, 0]));
  // A map's iteration takes in what is added on the way, so this goes layer by layer.
  for (const [i, steps] of depth) {
    for (const other of needs.direct(i)) if (inside.has(other) && !depth.has(other)) depth.set(other, steps + 1);
  }
  return depth;
}

/** The articles that are goals themselves, if they fit, and the best of the others. */
function withOwn(candidates: Reading[], own: ReadonlySet<number>, worth: ReadonlyMap<number, number>, minutes: number | null): Reading[] {
  const fixed = candidates.filter((one) => own.has(one.article));
  const spent = minutesOf(fixed);
  if (minutes !== null && spent > minutes) return choose(candidates, worth, minutes);
  const done = explainedBy(fixed);
  const rest = new Map([...worth].map(([i, value]) => [i, done.has(i) ? 0 : value]));
  const others = candidates.filter((one) => !own.has(one.article));
  return [...fixed, ...choose(others, rest, minutes === null ? null : minutes - spent)];
}

/** What one would read besides, had one the time, and what goes unread with it. */
function leftOut(candidates: Reading[], chosen: Reading[], worth: ReadonlyMap<number, number>, minutes: number | null, order: number[]): Cut[] {
  if (minutes === null) return [];
  const explained = explainedBy(chosen);
  const lost = (one: Reading) => order.filter((i) => one.explains.has(i) && !explained.has(i));
  return choose(candidates, worth, null)
    .filter((one) => !chosen.includes(one) && lost(one).length)
    .map((one) => ({ article: one.article, minutes: one.minutes, concepts: lost(one) }));
}

function steps(needs: Needs, taught: Lesson[], aims: number[], order: number[], candidates: Reading[]): Step[] {
  const chosen = new Set(taught.map(({ reading }) => reading.article));
  const inside = new Set(order);
  const within = new Map(order.map((i) => [i, needs.direct(i).filter((other) => inside.has(other))]));
  const learned = new Set<number>();
  const ready = () => order.filter((i) => within.get(i)!.length && within.get(i)!.every((other) => learned.has(other)));
  return taught.map(({ reading, concepts, explained }) => {
    const before = new Set(ready());
    if (explained) for (const i of concepts) learned.add(i);
    const main = concepts.find((i) => aims.includes(i)) ?? concepts.at(-1) ?? -1;
    const isGoal = aims.includes(main);
    return {
      article: reading.article,
      minutes: reading.minutes,
      concepts, explained, main, isGoal,
      chain: isGoal ? [] : shortest(aims.map((aim) => needs.chain(aim, main))),
      unlocks: ready().filter((i) => !before.has(i) && !learned.has(i)),
      alternatives: alternatives(concepts, candidates.filter((other) => !chosen.has(other.article))),
    };
  });
}

function shortest(chains: number[][]): number[] {
  return chains.filter((chain) => chain.length).reduce((best, chain) => (!best.length || chain.length < best.length ? chain : best), []);
}

function alternatives(lesson: number[], others: Reading[]): number[] {
  const shared = (other: Reading) => lesson.filter((i) => other.explains.has(i)).length;
  return others
    .filter((other) => shared(other) >= LIKE * lesson.length && lesson.length)
    .sort((a, b) => shared(b) - shared(a) || a.minutes - b.minutes || a.article - b.article)
    .slice(0, ALTERNATIVES)
    .map((other) => other.article);
}
