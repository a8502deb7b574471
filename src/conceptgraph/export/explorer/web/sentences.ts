// Which sentence to show where there is room for one.

export interface Sentence { text: string; names: string[]; article: number }

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const written = (name: string): string => escaped(name).replace(/[\s-]+/g, "[\\s-]?");

/** A pattern for any of some names as words of their own, with hyphens or spaces and a plural s or not; null for none. */
export function anyOf(names: string[]): string | null {
  const wanted = names.filter((name) => name.length > 1).sort((a, b) => b.length - a.length).slice(0, 40);
  return wanted.length ? `(?<![\\p{L}\\p{N}])(?:${wanted.map(written).join("|")})(?:e?s)?(?![\\p{L}\\p{N}])` : null;
}

/** A whole sentence of some length says more than a heading or a row of a table. */
function worth(text: string): number {
  return Number(text.length > 30 && text.length < 280) + Number(/[.!?]["”’)]*(?: \(p\. \d+\))?$/.test(text)) + Number(!text.includes("|"));
}

/**
 * The sentence that names all of the wanted things, each given by its names; where none does, the best for each of them.
 * Where no sentence names any, the best of all.
 */
export function bestOf(sentences: Sentence[], wanted: string[][]): Sentence[] {
  const finders = wanted.map(anyOf).filter((each) => each !== null).map((each) => new RegExp(each, "iu"));
  const best = (some: Sentence[]): Sentence | undefined => some.reduce<Sentence | undefined>((found, each) => (found && worth(found.text) >= worth(each.text) ? found : each), undefined);
  const all = best(sentences.filter(({ text }) => finders.every((find) => find.test(text))));
  if (all) return [all];
  const each = finders.map((find) => best(sentences.filter(({ text }) => find.test(text)))).filter((one) => one !== undefined);
  return each.length ? [...new Set(each)] : [best(sentences)].filter((one) => one !== undefined);
}
