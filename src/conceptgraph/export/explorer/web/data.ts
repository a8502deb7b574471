// The page's data: columns as the Python writer makes them (export/explorer/data.py; docs/explorer.md).

import { bytesOf, restored } from "./packing";

export interface Columns {
  format: number;
  build: string;
  kinds: [id: string, color: string, shape: string, name: string][];
  concepts: {
    id: string[]; name: string[]; kind: number[]; definition: string[]; labels: string[][];
    new: number[]; community: number[]; x: number[]; y: number[];
  };
  articles: {
    id: string[]; title: string[]; summary: string[]; url: string[]; published: string[]; tags: string[][];
    community: number[]; x: number[]; y: number[];
  };
  links: {
    count: number[]; concept: number[]; weight: number[]; core: string;
    /** Where the sentence stands in its article's text; of a page without the texts, its number among the strings. */
    start?: number[]; length?: number[]; quote?: number[];
    confidence: number[]; technique: number[]; techniques: string[];
  };
  relations: RelationColumns;
  study: StudyColumns;
  citations: { source: number[]; target: number[]; quote: number[] };
  related: { source: number[]; target: number[]; score: number[]; shared: number[][] };
  communities: string[];
  reader: { text: string[]; marks: number[][]; blocks: number[][]; pages: number[][] };
  strings: string[];
  left_out: string[];
}

export interface RelationColumns {
  source: number[]; target: number[]; kind: number[]; kinds: string[];
  confidence: number[]; why: number[]; technique: number[]; techniques: string[];
}

/** Concepts that no article mentions are numbered after the graph's. */
export interface StudyColumns {
  beyond: { id: string[]; name: string[]; definition: string[]; after: number[] };
  count: number[]; needs: number[]; tier: number[]; tiers: [tier: string, confidence: number][]; why: string[]; needed_by: number[];
  minutes: number[]; headings: string[][]; places: number[][][];
}

/** Unpack what packing.py wrote. */
export async function unpack(text: string): Promise<Columns> {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return restored(new Uint8Array(await new Response(stream).arrayBuffer()));
}
