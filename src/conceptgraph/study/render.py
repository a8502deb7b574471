"""A study path as Markdown and as HTML, for a person to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from conceptgraph.extract.quotes import where
from conceptgraph.own_pages import HTML_MARK, MARKDOWN_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conceptgraph.study.path import Gap, StudyPath

NEAR = 1
"""Up to so many steps from a goal a gap is defined; those farther off are only named, for they are many."""
_HTML = """<article class="study-path">
<h2>{{ title }}</h2>
<p>{{ summary }}</p>
<ol>
{%- for step in path.steps %}
<li><strong>{{ step.title }}</strong> · {{ step.minutes }} min
{%- if step.sections %}<br>Sections: {{ step.sections | join(", ") }}{% endif %}
<br>{{ step.does | capitalize }} {{ names(step.concepts) }}
{%- for sentence in step.why %}<br>{{ sentence }}{% endfor %}
{%- if step.quote %}<blockquote>{{ step.quote }}{{ where(step.page) }}</blockquote>{% endif %}
{%- if step.unlocks %}Opens the way to {{ names(step.unlocks) }}.{% endif %}
{%- if step.alternatives %}<br>Or read: {{ step.alternatives | join(", ") }}{% endif %}</li>
{%- endfor %}
</ol>
{%- if path.gaps %}
<h3>No article explains</h3>
<dl>{% for gap in near %}<dt>{{ gap.name }}</dt><dd>{{ gap.definition }}</dd>{% endfor %}</dl>
{%- if far %}
<p>Farther from the goal: {{ far }}</p>
{%- endif %}
{%- endif %}
{%- if path.cut %}
<h3>Left out for lack of time</h3>
<ul>{% for cut in path.cut %}
<li>{{ cut.title }} ({{ cut.minutes }} min): {{ names(cut.concepts) }}</li>{% endfor %}</ul>
{%- endif %}
</article>
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
{{ mark }}
<title>{{ title }}</title>
<style>body{font:1.05rem/1.55 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
:root{color-scheme:light dark}
li{margin:0 0 1.2rem}blockquote{margin:.4rem 0 .4rem 1rem;font-style:italic}dt{font-weight:600}dd{margin:0 0 .6rem 1rem}
</style></head><body>{{ body }}</body></html>
"""


def title_of(path: StudyPath, titles: dict[str, str]) -> str:
    """Return a path's title, from the names of its goals."""
    named = (titles.get(goal) or path.names.get(goal) or goal.removeprefix("article:") for goal in path.goals)
    return f"A way to {', '.join(named)}"


def summary_of(path: StudyPath) -> str:
    """Return a path in one sentence: articles, minutes, concepts, and what the budget was."""
    if path.note:
        return f"{path.note[0].upper()}{path.note[1:]}."
    articles = "1 article" if len(path.steps) == 1 else f"{len(path.steps)} articles"
    of = f" of the {path.budget} you have" if path.budget is not None else ""
    minutes = "1 minute" if path.minutes == 1 else f"{path.minutes} minutes"
    needed = "1 concept is needed" if len(path.concepts) == 1 else f"{len(path.concepts)} concepts are needed"
    gaps = f", {len(path.gaps)} of them explained in no article" if path.gaps else ""
    return f"{articles}, {minutes}{of}; {needed}{gaps}."


def near_gaps(path: StudyPath) -> list[Gap]:
    """Return what no article explains and the goals need directly, or are."""
    return [gap for gap in path.gaps if gap.distance <= NEAR]


def far_gaps(path: StudyPath) -> str:
    """Return the names of what else no article explains, the nearest first; empty for nothing."""
    return ", ".join(gap.name for gap in path.gaps if gap.distance > NEAR)


def to_markdown(path: StudyPath, titles: dict[str, str] | None = None) -> str:
    """Return the path as Markdown, with a box to tick for each step."""

    def names(ids: Iterable[str]) -> str:
        return ", ".join(_escaped(path.names.get(id_, id_)) for id_ in ids)

    def others(ids: Iterable[str]) -> str:
        return ", ".join(_escaped((titles or {}).get(f"article:{id_}", id_)) for id_ in ids)

    lines = [f"# {_escaped(title_of(path, titles or {}))}", "", summary_of(path), "", MARKDOWN_MARK, ""]
    for number, step in enumerate(path.steps, 1):
        lines += [f"{number}. [ ] **{_escaped(step.title)}** ({step.minutes} min)"]
        lines += [f"   - Sections: {', '.join(map(_escaped, step.sections))}"] if step.sections else []
        lines += [f"   - {step.does.capitalize()} {names(step.concepts)}."]
        lines += [f"   - {_escaped(sentence)}" for sentence in step.why]
        lines += [f"   - > {_escaped(step.quote)}{where(step.page)}"] if step.quote else []
        lines += [f"   - Opens the way to {names(step.unlocks)}."] if step.unlocks else []
        lines += [f"   - Or read: {others(step.alternatives)}"] if step.alternatives else []
    if path.gaps:
        lines += ["", "## No article explains", ""]
        lines += [f"- **{_escaped(gap.name)}**: {_escaped(gap.definition)}" for gap in near_gaps(path)]
        lines += [f"- Farther from the goal: {_escaped(far)}"] if (far := far_gaps(path)) else []
    if path.cut:
        lines += ["", "## Left out for lack of time", ""]
        lines += [f"- {_escaped(cut.title)} ({cut.minutes} min): {names(cut.concepts)}" for cut in path.cut]
    return "\n".join(lines) + "\n"


def to_html(path: StudyPath, titles: dict[str, str] | None = None, *, page: bool = True) -> str:
    """Return the path as HTML, escaped: a whole page, or a piece of one."""
    environment = jinja2.Environment(autoescape=True)
    title = title_of(path, titles or {})

    def names(ids: Iterable[str]) -> str:
        return ", ".join(path.names.get(id_, id_) for id_ in ids)

    given = {"path": path, "title": title, "summary": summary_of(path), "names": names, "where": where}
    body = environment.from_string(_HTML).render(given, near=near_gaps(path), far=far_gaps(path))
    if not page:
        return body
    # The piece was escaped when it was made.
    given = {"title": title, "mark": Markup(HTML_MARK), "body": Markup(body)}  # noqa: S704
    return environment.from_string(_PAGE).render(given)


def _escaped(text: str) -> str:
    """Return a text as Markdown shows it to the letter, on one line."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in " ".join(text.split()))
