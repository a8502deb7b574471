// Study paths as the page makes them: a list of {data, queries} as JSON in, the paths and their Markdown out.

import { load } from "./load.mjs";

const { Studies } = await load("study/studies");
const { studyPath } = await load("study/path");

/** A path as Python's `StudyPath.to_dict` has it, with ids. */
export function pathOf(data, { goals, known = [], budget = null, without = [], strict = false }) {
  const studies = new Studies(data);
  const { ids } = studies.needs;
  const articles = data.articles.id;
  const goal = (name) => (name.startsWith("article:") ? { article: articles.indexOf(name.slice(8)) } : { concept: ids.indexOf(name) });
  const named = (concepts) => concepts.map((i) => ids[i]);
  const path = studyPath(studies, goals.map(goal), {
    known: known.map((id) => ids.indexOf(id)), strict, minutes: budget, without: new Set(without.map((id) => articles.indexOf(id))),
  });
  return {
    minutes: path.minutes,
    budget: path.budget,
    steps: path.steps.map((step) => ({
      article: articles[step.article], title: studies.title(step.article), sections: studies.sections(step), minutes: step.minutes,
      concepts: named(step.concepts), explained: step.explained, why: studies.why(step), quote: studies.quote(step), unlocks: named(step.unlocks),
      skip_if: studies.skipIf(step).map((i) => studies.name(i)), alternatives: step.alternatives.map((i) => articles[i]),
    })),
    concepts: named(path.concepts),
    gaps: path.gaps.map(({ concept: i, distance }) => ({ id: ids[i], name: studies.name(i), definition: studies.needs.definitions[i], distance })),
    cut: path.cut.map((cut) => ({ article: articles[cut.article], title: studies.title(cut.article), minutes: cut.minutes, concepts: named(cut.concepts) })),
    note: studies.note(path),
    markdown: studies.markdown(path, () => false),
  };
}

if (process.argv[2] === "-") {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const worlds = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  process.stdout.write(JSON.stringify(worlds.map(({ data, queries }) => queries.map((query) => pathOf(data, query)))));
}
