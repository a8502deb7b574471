"""The spaCy component ``concept_linker``: what the command line gives for the same plain text, as spans of a `Doc`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from spacy.language import Language

from conceptgraph.extract import extract
from conceptgraph.model import Article
from conceptgraph.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from conceptgraph.extract import Extraction
    from conceptgraph.model import Concept, Mention
    from conceptgraph.vocabulary import Vocabulary

SPANS_KEY = "concepts"


@Language.factory("concept_linker", default_config={"vocabulary": [], "spans_key": SPANS_KEY})
def make_concept_linker(nlp: Language, name: str, vocabulary: list[str], spans_key: str) -> ConceptLinker:
    """Return the component for ``nlp.add_pipe("concept_linker")``.

    Parameters
    ----------
    nlp
        The pipeline.
    name
        The component's name in it.
    vocabulary
        Paths of vocabulary files that change the built-in vocabulary.
    spans_key
        Where in ``doc.spans`` the concepts go.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("concept_linker")
    >>> doc = nlp("Cassandra asks a Bloom filter before it reads a file.")
    >>> [(span.text, span.kb_id_) for span in doc.spans["concepts"]][:2]
    [('Cassandra', 'apache-cassandra'), ('Bloom filter', 'bloom-filter')]
    """
    del nlp, name
    return ConceptLinker(load_vocabulary(*map(Path, vocabulary)), spans_key=spans_key)


class ConceptLinker:
    """Adds a span for each mention: ``kb_id_`` is the concept's id, ``label_`` its kind.

    A token that a mention ends inside of ("S3" in "S3-compatible") is split there, so that the spans are the mentions
    to the character.

    Parameters
    ----------
    vocabulary
        The concepts to look for.
    spans_key
        Where in ``doc.spans`` they go.
    """

    def __init__(self, vocabulary: Vocabulary, *, spans_key: str = SPANS_KEY) -> None:
        self.vocabulary = vocabulary
        self._spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Link one document."""
        found = self.match(doc)
        _split(doc, {offset for mention in found.mentions for offset in (mention.start, mention.end)})
        new = {concept.id: concept for concept in found.new}
        linked = [(mention, new.get(mention.concept) or self.vocabulary[mention.concept]) for mention in found.mentions]
        doc.spans[self._spans_key] = [_span(doc, mention, concept) for mention, concept in linked]
        return doc

    def match(self, doc: Doc) -> Extraction:
        """Return what is found in the document's text, without changing the document."""
        return extract(Article(id="", title="", text=doc.text), self.vocabulary)


def _span(doc: Doc, mention: Mention, concept: Concept) -> Span:
    # Never None: the tokens were split at the mention's ends.
    return cast("Span", doc.char_span(mention.start, mention.end, label=concept.kind, kb_id=concept.id))


def _split(doc: Doc, offsets: set[int]) -> None:
    """Split the tokens that one of the character offsets lies inside of."""
    with doc.retokenize() as retokenizer:
        for token in doc:
            inside = sorted(offset - token.idx for offset in offsets if token.idx < offset < token.idx + len(token))
            if inside:
                parts = [token.text[a:b] for a, b in zip([0, *inside], [*inside, len(token)], strict=True)]
                heads: list[Token | tuple[Token, int]] = [token.head if token.head != token else (token, 0)]
                retokenizer.split(token, parts, heads=heads + [(token, 0)] * (len(parts) - 1))
