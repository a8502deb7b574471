// In which order to read the chosen articles, and what each is read for (study/order.py).

import type { Needs } from "./needs";
import type { Reading } from "./readings";

/** An article with what it is read for; `explained` is false where it only speaks of that, as no other explains it. */
export interface Lesson { reading: Reading; concepts: number[]; explained: boolean }

/** Next comes the article that lacks fewest prerequisites that another one still to be read explains. */
export function readingOrder(chosen: Reading[], order: number[], needs: Needs): Lesson[] {
  const rank = new Map(order.map((i, at) => [i, at]));
  const left = new Set(eachItsOwn(chosen));
  const taught = new Set<number>();
  const spoken = new Set(chosen.flatMap((one) => [...one.explains]));
  const lessons: Lesson[] = [];
  while (left.size) {
    const later = new Set([...left].flatMap((one) => [...one.explains]).filter((i) => !taught.has(i)));
    let best: { one: Reading; missing: number; place: number } | null = null;
    for (const one of left) {
      const fresh = [...one.explains].filter((i) => !taught.has(i));
      const missing = new Set(fresh.flatMap((i) => needs.direct(i)).filter((i) => later.has(i) && !one.explains.has(i))).size;
      const lesson = fresh.length ? fresh : speaksOf(one, order, spoken);
      const place = lesson.reduce((sum, i) => sum + rank.get(i)!, 0) / lesson.length + (fresh.length ? 0 : rank.size);
      const sooner = !best || missing - best.missing || place - best.place || one.article - best.one.article;
      if (sooner === true || sooner < 0) best = { one, missing, place };
    }
    const { one } = best!;
    left.delete(one);
    const fresh = order.filter((i) => one.explains.has(i) && !taught.has(i));
    const concepts = fresh.length ? fresh : speaksOf(one, order, spoken);
    lessons.push({ reading: one, concepts, explained: concepts.some((i) => one.explains.has(i)) });
    for (const i of one.explains) taught.add(i);
    for (const i of concepts) spoken.add(i);
  }
  return lessons;
}

/** The articles, with what another one is about only mentioned by those that are not. */
function eachItsOwn(chosen: Reading[]): Reading[] {
  const about = new Set(chosen.flatMap((one) => [...one.about]));
  return chosen.map((one) => {
    const passing = [...one.explains].filter((i) => about.has(i) && !one.about.has(i));
    return { ...one, explains: new Set([...one.explains].filter((i) => !passing.includes(i))), mentions: new Set([...one.mentions, ...passing]) };
  });
}

/** What an article that explains nothing new at least speaks of: what no other does, if there is any. */
function speaksOf(one: Reading, order: number[], spoken: ReadonlySet<number>): number[] {
  const named = order.filter((i) => one.explains.has(i) || one.mentions.has(i));
  const alone = named.filter((i) => !spoken.has(i));
  return alone.length ? alone : named;
}
