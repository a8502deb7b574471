"""Ids and file names from names."""

import hashlib
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


MAX_NAME = 100
"""Bytes of a file's name, without its ending: what is longer is cut; file systems allow 255."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'(?:[\x00-\x1f\x7f<>:"/\\|?*#^\[\]`]|%%)+')  # a pair of ` would hide a link, %% a paragraph


def file_name(title: str) -> str:
    """Return a file's name for `title`, without ending, that every file system takes and that stays in its folder.

    Signs that a file system or a link of Obsidian gives a meaning become spaces, a device's name ("CON") gets an
    underscore, and a name longer than `MAX_NAME` bytes is cut and ends with a hash of the whole.

    Parameters
    ----------
    title
        Any text.

    Examples
    --------
    >>> file_name("../../etc/passwd: a story")
    'etc passwd a story'
    >>> file_name("CON"), file_name("...")
    ('CON_', 'untitled')
    """
    text = unicodedata.normalize("NFC", title).encode("utf-8", "ignore").decode()
    name = " ".join(_NOT_IN_NAMES.sub(" ", text).split()).strip(" .")
    name = re.sub(r"^(?:\.+ ?)+", "", name).strip(" .") or "untitled"
    if len(name.encode()) > MAX_NAME:
        tail = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
        name = f"{name.encode()[: MAX_NAME - 9].decode(errors='ignore').rstrip(' .')} {tail}"
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def distinct(name: str, taken: set[str], *, joint: str = " ") -> str:
    """Return `name`, with a number where `taken` has it in any letter case, and add it there in lower case."""
    number, tried = 1, name
    while tried.casefold() in taken:
        number += 1
        tried = f"{name}{joint}{number}"
    taken.add(tried.casefold())
    return tried
