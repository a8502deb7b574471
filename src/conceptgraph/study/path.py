"""A study path: what to read, in what order, and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from conceptgraph.model import record


@record
class Step:
    """One article to read.

    Parameters
    ----------
    article, title
        Its id and title; where another article has the same, the title says the id.
    sections
        Headings of the sections that explain what is to be learned here; empty where that is the whole article.
    minutes
        Whole minutes that reading takes.
    concepts
        Ids of what it is read for, in the order of study.
    explained
        Whether it explains any of that, or only speaks of it, as no article explains it.
    why
        Why it is read: from the goal down to what it teaches, in sentences.
    quote
        The sentence of the article that speaks of the first concept.
    page
        Of a PDF, the page that it stands on.
    unlocks
        Ids of needed concepts that can be understood from here on.
    skip_if
        Names of what one who may skip it knows.
    alternatives
        Ids of articles that explain as much of the same.
    """

    article: str
    title: str
    sections: tuple[str, ...]
    minutes: int
    concepts: tuple[str, ...]
    explained: bool
    why: tuple[str, ...]
    quote: str
    page: int | None
    unlocks: tuple[str, ...]
    skip_if: tuple[str, ...]
    alternatives: tuple[str, ...]

    @property
    def does(self) -> str:
        """What it does to its concepts, as a verb."""
        return "teaches" if self.explained else "speaks of"


@record
class Gap:
    """A needed concept that no article explains, with its definition; how many steps it is from the nearest goal."""

    id: str
    name: str
    definition: str
    distance: int


@record
class Cut:
    """An article that the budget left out, and the needed concepts that go unread with it."""

    article: str
    title: str
    minutes: int
    concepts: tuple[str, ...]


@record
class StudyPath:
    """What to read to understand the goals.

    Parameters
    ----------
    goals, known
        Ids as they were understood: concepts, and articles among the goals as ``article:…``. What follows from what
        is known is not listed.
    minutes
        Sum of the steps' minutes.
    budget
        Most minutes that were allowed; None for as many as it takes.
    steps
        In the order of reading.
    concepts
        Ids of all that is needed, in the order of study.
    gaps
        What no article explains, the nearest to the goals first.
    cut
        What the budget left out.
    names
        Names of all concepts that are spoken of, by id.
    note
        What else there is to say: a goal known already, a budget too small.
    """

    goals: tuple[str, ...]
    known: tuple[str, ...]
    minutes: int
    budget: int | None
    steps: tuple[Step, ...]
    concepts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    cut: tuple[Cut, ...]
    names: dict[str, str]
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the path as plain data for ``json.dumps``."""
        data: dict[str, Any] = asdict(self)
        del data["names"]
        return data

    def to_markdown(self) -> str:
        """Return the path as Markdown, with a box to tick for each step."""
        from conceptgraph.study.render import to_markdown  # noqa: PLC0415 - a template engine comes with it

        return to_markdown(self)

    def to_html(self) -> str:
        """Return the path as a page."""
        from conceptgraph.study.render import to_html  # noqa: PLC0415

        return to_html(self)

    def _repr_html_(self) -> str:
        from conceptgraph.study.render import to_html  # noqa: PLC0415

        return to_html(self, page=False)
