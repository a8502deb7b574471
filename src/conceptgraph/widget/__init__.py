"""The map as a widget: it tells Python what is selected, and takes a selection."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from conceptgraph.errors import InputError
from conceptgraph.graph import article_node, concept_node
from conceptgraph.inline import framed_page
from conceptgraph.lookup import find
from conceptgraph.model import Article

try:
    import anywidget
    import traitlets
except ImportError:
    raise InputError("the widget needs the package anywidget; pip install 'conceptgraph[notebook]'") from None

if TYPE_CHECKING:
    from conceptgraph.model import Records
    from conceptgraph.vocabulary import Vocabulary


class MapWidget(anywidget.AnyWidget):
    """The map of a graph in a notebook.

    Parameters
    ----------
    records
        The graph's records.
    vocabulary
        What they were made with, for study paths.
    height
        Of the frame, in pixels.

    Attributes
    ----------
    selection
        The node that is selected, ``article:…`` or ``concept:…``; empty for none. Set it, or observe it.
    """

    _esm = files("conceptgraph").joinpath("widget", "widget.js").read_text("utf-8")
    page = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(640).tag(sync=True)
    selection = traitlets.Unicode().tag(sync=True)

    def __init__(self, records: Records, *, vocabulary: Vocabulary | None = None, height: int = 640) -> None:
        super().__init__(page=framed_page(records, vocabulary), height=height)
        self._records = records

    def select(self, name: str) -> None:
        """Select the article or concept that goes by `name`.

        Raises
        ------
        UnknownNameError
            None does, or several do.
        """
        item = find(self._records, name)
        self.selection = article_node(item.id) if isinstance(item, Article) else concept_node(item.id)
