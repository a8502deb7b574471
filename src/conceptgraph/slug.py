"""Ids from names."""

import re
import unicodedata

# What RFC 3986 lets stand unescaped in a path segment, of the signs that tell names apart: "c++" is not "c".
_NOT_ID = re.compile(r"[^\w.~+']+|_+")


def slug(name: str) -> str:
    """Return `name` in lower case with everything that is no letter, digit or one of ``.~+'`` turned into single hyphens.

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
    return _NOT_ID.sub("-", unicodedata.normalize("NFKC", name).casefold()).strip("-.")
