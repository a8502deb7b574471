// Which articles to read: as much of the needed as the minutes allow (study/choose.py).

import { MENTIONED, UNIT, type Reading } from "./readings";

type Worths = ReadonlyMap<number, number>;

/** Up to so many articles all choices are tried. */
const EXACT = 12;
/** What each concept that an article is about and that does not serve the goal takes off, for so many at most. */
const ASIDE = UNIT / 50;
const MOST_ASIDE = 10;
/** Least worth of what an article adds for it to be read at all. */
const LEAST = (3 * UNIT) / 10;

const passing = (worth: number): number => Math.floor(worth / MENTIONED);
const aside = (one: Reading): number => ASIDE * Math.min(one.asks.size, MOST_ASIDE);
const byArticle = (some: Reading[]): Reading[] => [...some].sort((a, b) => a.article - b.article);
const minutesOf = (some: Reading[]): number => some.reduce((sum, one) => sum + one.minutes, 0);

/** Each needed concept once, as well as the best of the articles has it. */
function worthOf(chosen: Reading[], worths: Worths): number {
  const explained = new Set(chosen.flatMap((one) => [...one.explains]));
  const spoken = new Set(chosen.flatMap((one) => [...one.mentions]));
  let sum = 0;
  for (const i of explained) sum += worths.get(i)!;
  for (const i of spoken) if (!explained.has(i)) sum += passing(worths.get(i)!);
  return sum - chosen.reduce((all, one) => all + aside(one), 0);
}

export function choose(candidates: Reading[], worths: Worths, minutes: number | null): Reading[] {
  const first = greedy(candidates, worths, minutes);
  if (minutes === null) return byArticle(first);
  const fitting = candidates.filter((one) => one.minutes <= minutes);
  const options = fitting.length <= EXACT ? combinations(fitting, minutes) : [first, ...fitting.map((one) => [one])];
  let best: Reading[] = [];
  let [worth, spent] = [-Infinity, 0];
  for (const some of options) {
    const [more, time] = [worthOf(some, worths), minutesOf(some)];
    if (more > worth || (more === worth && time < spent)) [best, worth, spent] = [some, more, time];
  }
  return byArticle(best);
}

/** Choices within the minutes: few articles before many, smaller numbers before greater. */
function* combinations(some: Reading[], minutes: number): Generator<Reading[]> {
  function* picked(count: number, from: number, left: number): Generator<Reading[]> {
    if (!count) return yield [];
    for (let i = from; i <= some.length - count; i++) {
      if (some[i]!.minutes > left) continue;
      for (const rest of picked(count - 1, i + 1, left - some[i]!.minutes)) yield [some[i]!, ...rest];
    }
  }
  for (let count = 0; count <= some.length; count++) yield* picked(count, 0, minutes);
}

/** The article that adds most a minute again and again. */
function greedy(candidates: Reading[], worths: Worths, minutes: number | null): Reading[] {
  const chosen: Reading[] = [];
  const [explained, spoken] = [new Set<number>(), new Set<number>()];
  const explainable = new Set(candidates.flatMap((one) => [...one.explains]));
  let left = byArticle(candidates);
  let spent = 0;
  const gain = (one: Reading): number => {
    let sum = -aside(one);
    for (const i of one.explains) if (!explained.has(i)) sum += worths.get(i)! - (spoken.has(i) ? passing(worths.get(i)!) : 0);
    for (const i of one.mentions) if (!explained.has(i) && !spoken.has(i)) sum += passing(worths.get(i)!);
    return sum;
  };
  // Without a budget everything could be read for a passing mention.
  const serves = (one: Reading): boolean => minutes !== null || [...one.explains].some((i) => !explained.has(i))
    || [...one.mentions].some((i) => !spoken.has(i) && !explained.has(i) && !explainable.has(i));
  for (;;) {
    left = left.filter((one) => minutes === null || spent + one.minutes <= minutes);
    let best: Reading | null = null;
    let most = -Infinity;
    for (const one of left) {
      const more = gain(one);
      if (more >= LEAST && serves(one) && more / one.minutes > most) [best, most] = [one, more / one.minutes];
    }
    if (!best) return chosen;
    const taken = best;
    chosen.push(taken);
    left = left.filter((one) => one !== taken);
    for (const i of taken.explains) explained.add(i);
    for (const i of taken.mentions) spoken.add(i);
    spent += taken.minutes;
  }
}
