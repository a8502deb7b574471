"""The map inside a notebook's output: one frame that holds a whole page and asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from conceptgraph.export.explorer import explorer_page

if TYPE_CHECKING:
    from conceptgraph.model import Records
    from conceptgraph.vocabulary import Vocabulary

SANDBOX = "allow-scripts allow-popups allow-downloads"
"""What the framed page may do; it has an origin of its own and so cannot touch the notebook."""


class Inline:
    """A page in a frame, for Jupyter, JupyterLab and VS Code.

    Parameters
    ----------
    page
        A whole HTML page.
    height
        Of the frame, in pixels.
    """

    def __init__(self, page: str, *, height: int = 640) -> None:
        self.page = page
        self.height = height

    def __repr__(self) -> str:
        return f"Inline(page of {len(self.page):,} characters)"

    def _repr_html_(self) -> str:
        style = "width:100%;box-sizing:border-box;border:1px solid #8884;border-radius:6px"
        return (
            f'<iframe title="Map of articles and concepts" sandbox="{SANDBOX}" style="{style}" height="{self.height}" '
            f'srcdoc="{escape(self.page)}"></iframe>'
        )


def framed_page(records: Records, vocabulary: Vocabulary | None = None) -> str:
    """Return the explorer as a page that can live in a frame; `vocabulary` is what the records were made with.

    A framed page has no address that its scripts may change, so a script of ours stands in for that, and passes the
    selection on to the notebook and back.
    """
    script = files("conceptgraph").joinpath("widget", "frame.js").read_text("utf-8")
    return with_script(explorer_page(records, vocabulary=vocabulary), script)


def with_script(page: str, script: str) -> str:
    """Return an HTML page with a script that runs before all others; its security policy, if any, admits it."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    head, found, rest = page.partition("script-src ")
    admitted = f"{head}{found}'sha256-{digest}' {rest}" if found else page
    place = admitted.index(">", admitted.index("<title")) if "<title" in admitted else admitted.index("<head>") + 5
    place = admitted.rindex("<", 0, place) if "<title" in admitted else place + 1
    return f"{admitted[:place]}<script>{script}</script>{admitted[place:]}"
