// The page's data from the bytes that export/explorer/packing.py makes; the other side of each step stands there.

import type { Columns } from "./data";

const [FIRST, LESS_THAN, INSTEAD] = [35, 60, 33];
const LEADS = 24;

/** Bytes from two signs for each 13 bits, after their number. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const start = text.indexOf(" ") + 1;
  const bytes = new Uint8Array(Number(text.slice(0, start)));
  const digits = Uint8Array.from({ length: 128 }, (_, sign) => (sign === INSTEAD ? LESS_THAN : sign) - FIRST);
  let [at, bits, held] = [0, 0, 0];
  for (let i = start; at < bytes.length; i += 2) {
    held |= (digits[text.charCodeAt(i)]! + 91 * digits[text.charCodeAt(i + 1)]!) << bits;
    for (bits += 13; bits >= 8; bits -= 8, held >>>= 8) bytes[at++] = held & 255;
  }
  return bytes;
}

/** A line that says how to read the text, the text, and the numbers. */
export function restored(packed: Uint8Array): Columns {
  const end = packed.indexOf(10) + 1;
  const { text, free, words } = JSON.parse(new TextDecoder().decode(packed.subarray(0, end))) as { text: number; free: number[]; words: string[] };
  const head: unknown = JSON.parse(new TextDecoder().decode(inFull(packed.subarray(end, end + text), free, words)));
  return rearranged(new Numbers(packed.subarray(end + text)).large(head));
}

/** The text with each word in place of its one or two bytes. */
function inFull(text: Uint8Array, free: number[], words: string[]): Uint8Array {
  if (!words.length) return text;
  // Words are of plain letters, a byte each.
  const letters = new TextEncoder().encode(words.join(""));
  const begin = new Uint32Array(words.length + 1);
  words.forEach((word, i) => { begin[i + 1] = begin[i]! + word.length; });
  const alone = Math.max(0, free.length - LEADS);
  const place = new Int16Array(256).fill(-1);
  free.forEach((byte, i) => { place[byte] = i; });
  let full = new Uint8Array(4 * text.length);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    if (at + 256 > full.length) full = grown(full);
    const known = place[text[i]!]!;
    if (known < 0) {
      full[at++] = text[i]!;
      continue;
    }
    const word = known < alone ? known : alone + 256 * (known - alone) + text[++i]!;
    const end = begin[word + 1]!;
    if (at + end - begin[word]! > full.length) full = grown(full, end - begin[word]!);
    for (let j = begin[word]!; j < end; j++) full[at++] = letters[j]!;
  }
  return full.subarray(0, at);
}

function grown(bytes: Uint8Array, more = 0): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length + more + 256);
  larger.set(bytes);
  return larger;
}

interface Form { numbers: number; bytes: number; least: number; steps: number; every: number }
type Tree = { [name: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Columns of numbers: all lowest bytes first, then the next ones; as they are or as steps, each or each third one. */
class Numbers {
  private at = 0;

  constructor(private bytes: Uint8Array) {}

  large(value: unknown): unknown {
    if (!isTree(value)) return value;
    if ("numbers" in value && "bytes" in value && "least" in value) return this.column(value as unknown as Form);
    if ("lengths" in value && "of" in value) {
      const [lengths, of] = [this.column(value["lengths"] as Form), this.column(value["of"] as Form)];
      let at = 0;
      return lengths.map((length) => of.slice(at, (at += length)));
    }
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.large(part)]));
  }

  private column({ numbers, bytes, least, steps, every }: Form): number[] {
    const column = new Array<number>(numbers);
    const rows = numbers / every;
    const read = this.bytes;
    let before = 0;
    for (let i = 0; i < numbers; i++) {
      let value = least;
      for (let plane = 0, worth = 1, at = this.at + i; plane < bytes; plane++, worth *= 256, at += numbers) value += read[at]! * worth;
      before = steps ? before + value : value;
      column[every === 1 ? i : (i % rows) * every + Math.floor(i / rows)] = before;
    }
    this.at += bytes * numbers;
    return column;
  }
}

/** Rows by small keys, equals in the order given (counting sort). */
function sorted(rows: Uint32Array, key: ArrayLike<number>, keys: number): Uint32Array {
  const next = new Uint32Array(keys + 1);
  for (let i = 0; i < rows.length; i++) next[key[rows[i]!]! + 1]!++;
  for (let i = 0; i < keys; i++) next[i + 1]! += next[i]!;
  const made = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) made[next[key[rows[i]!]!]!++] = rows[i]!;
  return made;
}

function upTo(count: number): Uint32Array {
  const made = new Uint32Array(count);
  for (let i = 0; i < count; i++) made[i] = i;
  return made;
}

/** One past the largest community. */
const communities = (of: number[]): number => of.reduce((most, number) => Math.max(most, number + 1), 0);
/** Nodes by their communities; those without come first. */
const byCommunity = (community: number[]): Uint32Array => sorted(upTo(community.length), community.map((number) => number + 1), communities(community) + 1);

function rearranged(value: unknown): Columns {
  const data = value as Columns;
  const { concepts, articles, relations } = data;
  const [conceptOrder, articleOrder] = [byCommunity(concepts.community), byCommunity(articles.community)];
  const back = <T>(column: T[], order: Uint32Array): T[] => {
    const made = new Array<T>(column.length);
    order.forEach((node, i) => { made[node] = column[i]!; });
    return made;
  };
  Object.assign(concepts, { x: back(concepts.x, conceptOrder), y: back(concepts.y, conceptOrder), id: wholeIds(concepts.id, concepts.name) });
  const title = back(articles.title, articleOrder);
  Object.assign(articles, { title, x: back(articles.x, articleOrder), y: back(articles.y, articleOrder), id: wholeIds(articles.id, title) });
  for (const end of ["source", "target"] as const) relations[end] = relations[end].map((rank) => conceptOrder[rank]!);
  const { articles: _counts, gaps: _gaps, about: _about, ...rest } = data.links as Columns["links"] & ByConcept;
  data.links = { ...rest, ...byArticle(data, conceptOrder, articleOrder) };
  addMiddles(data);
  return data;
}

const [HEAVIEST, ZERO] = [100, 48];

interface ByConcept { articles: number[]; gaps: number[]; about: number[] }

/** An article's links after another's, by falling weight; they come by concepts, with steps between their articles. */
function byArticle(data: Columns, concepts: Uint32Array, articles: Uint32Array): Pick<Columns["links"], "count" | "concept" | "weight" | "core"> {
  const { articles: counts, gaps, about } = data.links as unknown as ByConcept;
  const begin = new Uint32Array(communities([...data.concepts.community, ...data.articles.community]) + 2);
  for (const community of data.articles.community) begin[community + 2]!++;
  for (let i = 1; i < begin.length; i++) begin[i]! += begin[i - 1]!;
  const [concept, article] = [new Uint32Array(gaps.length), new Uint32Array(gaps.length)];
  let row = 0;
  counts.forEach((many, rank) => {
    const node = concepts[rank]!;
    let place = begin[data.concepts.community[node]! + 1]! - 1;
    for (const end = row + many; row < end; row++) {
      place += gaps[row]! + 1;
      concept[row] = node;
      article[row] = articles[place % articles.length]!;
    }
  });
  const size = gaps.length;
  const lightness = Uint8Array.from(about, (twice) => HEAVIEST - (twice >> 1));
  const order = sorted(sorted(sorted(upTo(size), concept, concepts.length), lightness, HEAVIEST + 1), article, articles.length);
  const count = new Array<number>(articles.length).fill(0);
  const links = { count, concept: new Array<number>(size), weight: new Array<number>(size) };
  const core = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const from = order[i]!;
    links.concept[i] = concept[from]!;
    links.weight[i] = about[from]! >> 1;
    core[i] = ZERO + (about[from]! & 1);
    count[article[from]!]!++;
  }
  return { ...links, core: new TextDecoder().decode(core) };
}

/** Articles' places come from the middle of their concepts, by weight. */
function addMiddles({ concepts, articles, links }: Columns): void {
  let row = 0;
  links.count.forEach((count, i) => {
    let [total, x, y] = [0, 0, 0];
    for (const end = row + count; row < end; row++) {
      const [weight, concept] = [links.weight[row]!, links.concept[row]!];
      total += weight;
      x += weight * concepts.x[concept]!;
      y += weight * concepts.y[concept]!;
    }
    articles.x[i]! += Math.floor(x / Math.max(1, total));
    articles.y[i]! += Math.floor(y / Math.max(1, total));
  });
}

function wholeIds(short: string[], names: string[]): string[] {
  let id = "";
  return short.map((text, i) => {
    const derived = () => names[i]!.toLowerCase().replace(/[^a-z0-9.~+']+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
    return (id = text ? id.slice(0, text.charCodeAt(0) - FIRST) + text.slice(1) : derived());
  });
}
