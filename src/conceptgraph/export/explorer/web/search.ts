// Search over names that forgives typing errors, word order and unfinished words.

export interface Entry { node: number; name: string; preferred: boolean; importance: number }
export interface Hit { node: number; name: string; score: number }
export interface Index { entries: Entry[]; words: string[]; posting: number[][]; lengths: number[]; folded: string[] }

/** Lower case without accents and punctuation; "C++" and "C#" keep what makes them. */
export function fold(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();
}

export function makeIndex(entries: Entry[]): Index {
  const postings = new Map<string, number[]>();
  const lengths: number[] = [];
  const folded = entries.map((entry) => fold(entry.name));
  folded.forEach((name, i) => {
    const words = name.split(" ").filter(Boolean);
    lengths.push(words.length);
    // "bloomfilter" finds "Bloom filter": the words joined count as a word too.
    for (const word of new Set(words.length > 1 && words.length < 5 ? [...words, words.join("")] : words)) {
      const list = postings.get(word);
      if (list) list.push(i);
      else postings.set(word, [i]);
    }
  });
  return { entries, words: [...postings.keys()], posting: [...postings.values()], lengths, folded };
}

/** How many errors a word of this length may have. */
export const allowed = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

/**
 * Edits (insert, delete, change, swap of neighbours) from `typed` to `word`, or to a beginning of it; more than `most`
 * count as `most + 1`. Optimal string alignment (Boytsov 2011).
 */
export function distance(typed: string, word: string, most: number, toPrefix = false): number {
  const width = word.length + 1;
  let before = new Uint8Array(width);
  let last = Uint8Array.from({ length: width }, (_, j) => Math.min(j, 255));
  let current = new Uint8Array(width);
  for (let i = 1; i <= typed.length; i++) {
    current[0] = i;
    let least = i;
    for (let j = 1; j < width; j++) {
      const same = typed.charCodeAt(i - 1) === word.charCodeAt(j - 1);
      let cost = Math.min(last[j]! + 1, current[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && typed.charCodeAt(i - 1) === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === word.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1);
      current[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    [before, last, current] = [last, current, before];
  }
  const end = toPrefix ? Math.min(...last) : last[width - 1]!;
  return Math.min(end, most + 1);
}

/** How well a typed word fits an indexed one, in [0, 1]; the word being typed may be unfinished. */
export function fit(typed: string, word: string, unfinished: boolean): number {
  if (typed === word) return 1;
  if (word.startsWith(typed)) return (unfinished ? 0.9 : 0.75) - 0.2 * (1 - typed.length / word.length);
  const most = allowed(typed.length);
  if (most && Math.abs(typed.length - word.length) <= most) {
    const edits = distance(typed, word, most);
    if (edits <= most) return 0.7 - 0.15 * (edits - 1) - (typed[0] === word[0] ? 0 : 0.1);
  }
  if (most && unfinished && word.length > typed.length && distance(typed, word, most, true) <= most) return 0.45;
  return typed.length > 3 && word.includes(typed) ? 0.4 : 0;
}

/** Best hits, one a node. Every typed word must fit; where no name has them all, those with most of them are shown. */
export function search(index: Index, query: string, count = 9): Hit[] {
  const typed = fold(query).split(" ").filter(Boolean);
  if (!typed.length) return [];
  const joined = typed.length > 1 ? [typed.join("")] : [];
  const hits = [...matched(index, typed, query), ...matched(index, joined, query)];
  const best = new Map<number, Hit>();
  for (const hit of hits) if (hit.score > (best.get(hit.node)?.score ?? 0)) best.set(hit.node, hit);
  return [...best.values()].sort((a, b) => b.score - a.score || a.name.length - b.name.length).slice(0, count);
}

function matched(index: Index, typed: string[], query: string): Hit[] {
  const sums = new Map<number, { fit: number; words: number }>();
  typed.forEach((word, position) => {
    const fits = new Map<number, number>();
    index.words.forEach((known, w) => {
      const quality = fit(word, known, position === typed.length - 1);
      if (quality) for (const entry of index.posting[w]!) fits.set(entry, Math.max(quality, fits.get(entry) ?? 0));
    });
    for (const [entry, quality] of fits) {
      const sum = sums.get(entry) ?? { fit: 0, words: 0 };
      sums.set(entry, { fit: sum.fit + quality, words: sum.words + 1 });
    }
  });
  const most = Math.max(0, ...new Set([...sums.values()].map((sum) => sum.words)));
  if (typed.length > 1 && most < typed.length / 2) return [];
  const whole = fold(query);
  return [...sums].filter(([, sum]) => sum.words === most).map(([i, sum]) => scored(index, i, sum.fit / typed.length, typed.length, whole));
}

function scored(index: Index, i: number, quality: number, words: number, whole: string): Hit {
  const { node, name, preferred, importance } = index.entries[i]!;
  const covered = Math.min(1, words / index.lengths[i]!);
  const exact = index.folded[i] === whole ? 0.5 : 0;
  return { node, name, score: quality + 0.3 * covered + exact + (preferred ? 0.05 : 0) + 0.15 * Math.sqrt(importance) };
}
