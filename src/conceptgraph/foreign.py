"""Libraries that not everyone has, and what strangers wrote for them to parse."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import ConceptGraphError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


@contextmanager
def parsing(where: object, what: str) -> Iterator[None]:
    """Turn whatever a parser of another library raises into an InputError that names the file.

    Parameters
    ----------
    where
        The file.
    what
        The format, as people say it: "a PDF".
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ConceptGraphError:
        raise
    except RecursionError:
        raise InputError(f"{where}: is nested too deeply to be read as {what}; write it flat, or exclude it") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a damaged file can make a foreign parser raise anything
        said = " ".join(f"{type(error).__name__}: {error}".split())[:160]
        raise InputError(f"{where}: cannot be read as {what} ({said}); repair it, or exclude it") from None


def needed(module: str, *, extra: str, to: str, where: object = None) -> Any:
    """Import a module of another library that not everyone has.

    Parameters
    ----------
    module
        Its name.
    extra
        The extra of conceptgraph that installs it.
    to
        What it is needed for: "read PDF".
    where
        The file or address that is to be read, if any.

    Raises
    ------
    InputError
        It is not installed; the message has the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        about = "" if where is None else f"{where}: "
        raise InputError(
            f"{about}to {to}, conceptgraph needs {module.partition('.')[0]} ({error}); "
            f"run: pip install 'conceptgraph[{extra}]'"
        ) from None


def parse_xml(data: bytes, where: object, what: str) -> Any:
    """Return the root element of an XML text.

    Parameters
    ----------
    data
        The text, in the encoding that it declares.
    where
        The file or address that errors name.
    what
        The format, as people say it: "OPML".

    Raises
    ------
    InputError
        It is not well-formed, or declares entities: a kilobyte of them can unfold to gigabytes, or to a file of the
        reader's.
    """
    check_entities(data, where)
    trees = needed("defusedxml.ElementTree", extra="formats", to=f"read {what}", where=where)
    with parsing(where, what):
        return trees.fromstring(data, forbid_entities=True, forbid_external=True)


def check_entities(data: bytes, where: object) -> None:
    """Raise InputError where an XML text declares entities, in any encoding that keeps ASCII's order of signs."""
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise InputError(f"{where}: declares XML entities, which can unfold without end; remove its <!ENTITY …> lines")
