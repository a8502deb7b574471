"""Which sentence of an article to quote for each of its concepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conceptgraph.extract.sentences import Sentences
from conceptgraph.model import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from conceptgraph.model import Article, Mention

SHORT, LONG = 25, 280
"""A sentence outside these lengths, in characters, is quoted only where there is no other."""
_TELLS = (" is ", " are ", " means ", ": ", " uses ", " allows ", " stores ", " keeps ")
_PAGE = re.compile(r"page (\d+)")


@record
class Quote:
    """What an article says, to the letter.

    Parameters
    ----------
    article
        Its id.
    sentence
        The sentence, as one line.
    page
        Of a PDF, the page that it begins on.

    Examples
    --------
    >>> print(Quote(article="logs", sentence="Kafka is a log.", page=4))
    “Kafka is a log.” (p. 4)
    """

    article: str
    sentence: str
    page: int | None = None

    def __str__(self) -> str:
        """Return the sentence in quotation marks, and where it stands."""
        return f"“{self.sentence}”{where(self.page)}"


def where(page: int | None) -> str:
    """Return what is said behind a quoted sentence of where it stands: the page, if there are pages."""
    return f" (p. {page})" if page else ""


def article_quotes(article: Article, mentions: Iterable[Mention]) -> dict[str, Quote]:
    """Return the best sentence for each concept of one article; see `quote_places`."""
    return {id_: quote(article, *place) for id_, place in quote_places(article, mentions).items()}


def quote(article: Article, start: int, end: int) -> Quote:
    """Return a stretch of an article's text as a quote."""
    page = page_of(article, start) if end > start else None
    return Quote(article=article.id, sentence=quoted(article.text, start, end), page=page)


def page_of(article: Article, offset: int) -> int | None:
    """Return the page of a PDF that a character is on; None for what has no pages.

    Parameters
    ----------
    article
        Of a PDF each page is a section; see `conceptgraph.sources.pdf`.
    offset
        Where in its text.
    """
    return next((page for page, start, end in pages(article) if start <= offset < end), None)


def pages(article: Article) -> Iterator[tuple[int, int, int]]:
    """Yield number, start and end of each page of a PDF; nothing for what has no pages."""
    if article.path.lower().endswith(".pdf"):
        for section in article.sections:
            found = _PAGE.fullmatch(section.heading)
            if found:
                yield int(found[1]), section.start, section.end


def quoted(text: str, start: int, end: int) -> str:
    r"""Return a stretch of a text as one line; where its lines break, it has a dash.

    Examples
    --------
    >>> quoted("Logs\n\nKafka is  a log.", 0, 22)
    'Logs — Kafka is a log.'
    """
    stretch = text[start:end]
    if "\n" not in stretch:
        return " ".join(stretch.split())
    return " — ".join(" ".join(line.split()) for line in stretch.split("\n") if line and not line.isspace())


def quote_places(article: Article, mentions: Iterable[Mention]) -> dict[str, tuple[int, int]]:
    """Return where the best sentence for each concept of one article stands, as half-open offsets.

    A sentence is better when it is no heading, of a readable length and no row of a table, and begins with the concept
    and says something about it; among equals the first is taken. Where there are only headings, the sentence below is
    quoted with it.
    """
    sentences = Sentences(article.text)
    headings = {sentences.index(span.start) for span in article.spans if span.kind in ("title", "heading")}
    rows = {sentences.index(span.start) for span in article.spans if span.kind == "table_cell"}
    ranks: dict[int, tuple[bool, bool, int, int]] = {}
    best: dict[str, tuple[bool, bool, bool, int]] = {}
    for mention in mentions:
        number = sentences.index(mention.start)
        if number not in ranks:
            start, end = sentences.bounds(number)
            odd = number in rows or not SHORT <= end - start <= LONG
            ranks[number] = number in headings, odd, start, end
        heading, odd, start, end = ranks[number]
        tells = mention.start - start < 4 and any(tell in article.text[mention.end : end] for tell in _TELLS)
        rank = heading, odd, not tells, number
        if mention.concept not in best or rank < best[mention.concept]:
            best[mention.concept] = rank
    places = {number: _place(sentences, number, headings) for number in {number for *_, number in best.values()}}
    return {concept: places[number] for concept, (*_, number) in best.items()}


def _place(sentences: Sentences, number: int, headings: Collection[int]) -> tuple[int, int]:
    """Return the place of a sentence; of a heading with the sentence that it stands over."""
    over = number in headings and number + 1 < len(sentences) and number + 1 not in headings
    return sentences.bounds(number, number + 1 if over else number)
