"""Ids from names."""

import re
import unicodedata

# What RFC 3986 lets stand unescaped in a path segment, of the signs that tell names apart: "c++" is not "c".
_IS_ID = re.compile(r"[a-z0-9][a-z0-9.~+'-]*")
_NOT_ID = re.compile(r"(?:[^\w.~+']|_)+")


def slug(name: str) -> str:
    """Return an id for `name`: lower case, and hyphens for all that is no letter, digit or one of ``.~+'``.

    A name that is such an id already stays as it is.

    Parameters
    ----------
    name
        A title or one part of a path.

    Returns
    -------
    str
        Empty when nothing of the name is left.

    Examples
    --------
    >>> slug("How Uber Built Odin")
    'how-uber-built-odin'
    >>> slug("C++ & Café")
    'c++-café'
    """
    if _IS_ID.fullmatch(name):
        return name
    return _NOT_ID.sub("-", unicodedata.normalize("NFKC", name).casefold()).strip("-.")
