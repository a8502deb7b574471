// The sentence behind a link, in words; the other side stands in export/explorer/sentences.py.

import type { Columns } from "./data";

// What Python's str.split takes for white space, which is not quite what JavaScript does.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** The sentence of a link, by its row and the number of its article; "" where the page has none. */
export function sentenceOf({ links, reader, strings }: Columns, article: number, row: number): string {
  if (links.quote) return strings[links.quote[row]!]!;
  const [start, length] = [links.start![row]!, links.length![row]!];
  return length ? oneLine(reader.text[article]!.slice(start, start + length)) + pageAt(reader.pages[article]!, start) : "";
}

/** Where in a PDF a character stands, as behind a quote; nothing for what has no pages. */
export function pageAt(pages: number[], at: number): string {
  const page = pages.filter((start) => start <= at).length;
  return page ? ` (p. ${page})` : "";
}

/** A stretch of text as one line; where its lines break, it has a dash. */
export function oneLine(stretch: string): string {
  return stretch.split("\n").map((line) => line.split(SPACE).filter(Boolean).join(" ")).filter(Boolean).join(" — ");
}
