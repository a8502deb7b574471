"""The errors that conceptgraph raises: one root, a few leaves.

A message is one sentence that names the file (and line), the bad value and the remedy.
"""


class ConceptGraphError(Exception):
    """Root of every error that conceptgraph raises on purpose."""


class InputError(ConceptGraphError):
    """An article, a folder or an option cannot be used as it is."""


class VocabularyError(ConceptGraphError):
    """A vocabulary file breaks the format."""


class StoreError(ConceptGraphError):
    """The graph folder is missing, damaged, foreign or cannot be written."""


class TooLargeError(ConceptGraphError):
    """A view of the whole would not fit; the message says how to get a part."""


class UnknownNameError(ConceptGraphError, KeyError):
    """No article or concept goes by this name; the message offers the nearest ones."""

    def __str__(self) -> str:
        """Return the message without the quotes that KeyError puts around it."""
        return str(self.args[0]) if self.args else ""
