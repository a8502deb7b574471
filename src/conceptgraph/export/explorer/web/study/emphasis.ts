// What stands out on the map for a study path.

import { edgesBetween, edgesOf, edgeType, type Graph } from "../graph";
import type { Emphasis } from "../visible";
import type { StudyPath } from "./path";

/** The goals, articles in the order of study, with the links to what they teach, and what of the needed needs what. */
export function emphasis(graph: Graph, { goals, steps, concepts }: StudyPath): { lit: Emphasis; numbered: number[]; chosen: number[] } {
  const numbered = steps.map((step) => graph.concepts + step.article);
  const needed = new Set(concepts.filter((i) => i < graph.concepts));
  const taught = steps.flatMap((step, at) => step.concepts.flatMap((i) => edgesBetween(graph, numbered[at]!, i).slice(0, 1)));
  const needs = [...needed].flatMap((i) => [...edgesOf(graph, i)].filter((e) => edgeType(graph, e) === "need" && graph.a[e] === i && needed.has(graph.b[e]!)));
  const chosen = goals.map((goal) => ("article" in goal ? graph.concepts + goal.article : goal.concept)).filter((node) => numbered.includes(node) || needed.has(node));
  return { lit: { nodes: new Set([...numbered, ...needed]), edges: [...taught, ...needs] }, numbered, chosen };
}
