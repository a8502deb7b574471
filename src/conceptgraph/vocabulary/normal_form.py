"""The form in which labels and texts are compared: lower case, with one separator.

Spaces, hyphens and slashes become a space each ("read-replica", "pub/sub"), as does all other punctuation, except the
signs that are part of names: ``.`` before or inside a word (.NET, Node.js), ``++``, ``#``, ``&``, ``@``, ``_``. Letters
that imitate bold or wide type are plain letters. Every character maps to one character, so offsets stay as they are;
two separators in a row stay two and match no label, which keeps matches inside a clause.
"""

from __future__ import annotations

import re
import unicodedata

_KEPT = "#&@_.\x01"
_TABLE = bytes(c if c >= 128 or chr(c).isalnum() or chr(c) in _KEPT else 32 for c in range(256))
_WIDE = "®™©’‘“”–—‑‐…→←•·\u00a0\u202f\u2009«»″′\u200e\u200f\u2028\u2029"  # beyond ASCII, beside words
_STYLED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]")
"""Full-width forms and mathematical alphabets, in which posts write for emphasis (compatibility forms, UAX #15)."""
_STYLED_LEADS = b"\xef\xbc", b"\xef\xbd", b"\xf0\x9d"
"""What they begin with in UTF-8: a look for these takes a tenth of one for the pattern."""
HARD = frozenset(',;:!?()[]{}"“”|<>=…•—\n')
"""Signs that a label's words are never parted by: "TCP,IP" is no "TCP/IP"."""


def normal_form(text: str) -> str:
    r"""Return `text` in normal form: as long as `text`, character for character.

    Examples
    --------
    >>> normal_form("Read-replica of C++, Node.js.")
    'read replica of c\x01\x01  node.js '
    >>> normal_form("𝐌𝐞𝐫𝐠𝐞 𝘀𝗼𝗿𝘁")
    'merge sort'
    """
    lower = text.lower()
    if len(lower) != len(text):  # "İ" lowers to two characters
        lower = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    if not lower.isascii():
        for sign in _WIDE:
            lower = lower.replace(sign, " ")
        encoded = lower.encode("utf-8", "surrogatepass")
        if any(lead in encoded for lead in _STYLED_LEADS):
            lower = _STYLED.sub(_plain, lower)
    if "++" in lower:
        lower = lower.replace("++", "\x01\x01")
    folded = lower.encode("utf-8", "surrogatepass").translate(_TABLE).decode("utf-8", "surrogatepass")
    if "." in folded:  # a full stop parts sentences unless it is inside or before a word
        folded = (folded + " ").replace("..", "  ").replace(". ", "  ")[:-1]
    return folded


def _plain(sign: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", sign[0]).lower()
    return plain if len(plain) == 1 else sign[0]
