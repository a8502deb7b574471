// How relations are said.

/** From the source's side, and from the target's. */
export const SAID: Record<string, [string, string]> = {
  broader: ["is a kind of", "includes"],
  related: ["is related to", "is related to"],
  requires: ["needs", "is needed for"],
  part_of: ["is part of", "has as a part"],
  implements: ["implements", "is implemented by"],
  builds_on: ["builds on", "is built on by"],
  contrasts_with: ["contrasts with", "contrasts with"],
  successor_of: ["came after", "was succeeded by"],
  co_occurs: ["is often mentioned with", "is often mentioned with"],
};

export const TECHNIQUES: Record<string, string> = {
  known: "a name that the vocabulary has",
  abbreviations: "a short form that the article defines",
  coordination: "a shared head word",
  "new-concepts": "a new name that the article introduces",
  vocabulary: "a statement in the vocabulary",
  name: "its name",
  npmi: "being mentioned together more often than by chance (NPMI)",
  hyperlink: "a hyperlink",
};

/** Headings of a concept's lists, by relation as seen from it, in the order in which they are shown. */
export const LISTS: [kind: string, out: boolean, heading: string][] = [
  ["broader", true, "Broader"],
  ["broader", false, "Narrower"],
  ["part_of", true, "Part of"],
  ["part_of", false, "Parts"],
  ["implements", true, "Implements"],
  ["implements", false, "Implemented by"],
  ["builds_on", true, "Builds on"],
  ["builds_on", false, "Built on by"],
  ["successor_of", true, "Came after"],
  ["successor_of", false, "Succeeded by"],
  ["contrasts_with", true, "In contrast to"],
];

/** Relations that read the same from both sides. */
export const SYMMETRIC = new Set(["related", "contrasts_with", "co_occurs"]);
