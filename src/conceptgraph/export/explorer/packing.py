"""The page's data as text: columns made small, gzipped, and written in signs that are safe in a script element.

What a browser does to read it, and the form in detail, stand in web/packing.ts and docs/explorer.md.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import Counter
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from conceptgraph.export.explorer.ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

LEVEL, QUICK = 9, 4
"""How hard gzip tries, and how hard with much text, where the highest level takes four times as long for little."""
_GZIP, MEMORY, QUICK_MEMORY = 31, 7, 8
"""Columns differ from each other, so that blocks should be small, which less memory makes; not those of much text."""
FEW = 16
"""Shorter columns stay plain JSON."""
RUN, RUNS = 1_024, 32
"""How many numbers in a row, and how many such runs, tell how a column is best written."""
MUCH = 4_000_000
"""Bytes of text beyond which all words are written out: reading short forms would take a browser too long."""
_WORD = re.compile(rb" ?[A-Za-z]{2,}")
_LEADS = 24
"""How many bytes stand for a word together with the byte after them; the others do so alone."""
_SIGNS = 91
_LESS_THAN = ord("<")
_FIRST, _INSTEAD = ord("#"), ord("!")
_THIRTEEN = (1 << 13) - 1


def written(data: dict[str, Any]) -> str:
    """Return the data as text, the same for the same data.

    Parameters
    ----------
    data
        What `conceptgraph.export.explorer.data.page_data` returned.

    Examples
    --------
    >>> text = written({"build": "x", "numbers": list(range(100))})
    >>> read(text) == {"build": "x", "numbers": list(range(100))}
    True
    """
    planes: list[bytes] = []
    head = json.dumps(_small(_arranged(data), planes), ensure_ascii=False, separators=(",", ":"))
    line, text = _abbreviated(head.encode("utf-8", "replace"))
    level, memory = (LEVEL, MEMORY) if len(text) <= MUCH else (QUICK, QUICK_MEMORY)
    stream = zlib.compressobj(level, zlib.DEFLATED, _GZIP, memory)
    packed = stream.compress(b"".join([line, b"\n", text, *planes])) + stream.flush()
    return f"{len(packed)} {_signs(packed)}"


def read(text: str) -> dict[str, Any]:
    """Return what `written` made the text from; see there."""
    size, _, signs = text.partition(" ")
    line, _, rest = gzip.decompress(_bytes(signs)[: int(size)]).partition(b"\n")
    form = json.loads(line)
    head = json.loads(_in_full(rest[: form["text"]], form["free"], form["words"]))
    return _rearranged(_large(head, [rest[form["text"] :]]))


# What is known of the columns: what stands near each other on the map is alike, so that steps from one to the next are
# small where nodes are taken by their communities. The other side finds the same order from the communities.


def _by_community(community: Sequence[int]) -> Ints:
    return np.argsort(np.asarray(community, dtype=np.int64), kind="stable")


def _first(community: Sequence[int], of: Sequence[int]) -> Ints:
    """Return where the articles of each concept's community begin."""
    ordered = np.sort(np.asarray(of, dtype=np.int64))
    return np.searchsorted(ordered, np.asarray(community, dtype=np.int64)) % max(1, len(ordered))


_BESIDE = {"concepts": ("x", "y"), "articles": ("title", "x", "y")}
"""Columns that are written by community; articles' places from the middle of their concepts, by weight."""
_NAMES = {"concepts": "name", "articles": "title"}


def _arranged(data: dict[str, Any]) -> dict[str, Any]:
    if "links" not in data:
        return data
    order = {name: _by_community(data[name]["community"]) for name in _BESIDE}
    nodes = {
        name: {
            **data[name],
            "id": _short_ids(data[name]["id"], data[name][_NAMES[name]]),
            **{column: _taken(data[name][column], order[name]) for column in columns},
        }
        for name, columns in _BESIDE.items()
    }
    for axis in ("x", "y"):
        middle = _middles(data, axis)[order["articles"]]
        nodes["articles"][axis] = np.asarray(nodes["articles"][axis], dtype=np.int64) - middle
    relations = _ranked(data["relations"], order["concepts"])
    return {**data, **nodes, "links": _by_concept(data, order["concepts"], order["articles"]), "relations": relations}


def _rearranged(data: dict[str, Any]) -> dict[str, Any]:
    if "links" not in data:
        return data
    order = {name: _by_community(data[name]["community"]) for name in _BESIDE}
    for name, columns in _BESIDE.items():
        for column in columns:
            by_community = data[name][column]
            data[name][column] = [by_community[i] for i in np.argsort(order[name]).tolist()]
        data[name]["id"] = _whole_ids(data[name]["id"], data[name][_NAMES[name]])
    for end in ("source", "target"):
        data["relations"][end] = order["concepts"][np.asarray(data["relations"][end], dtype=np.int64)].tolist()
    data["links"] = _by_article(data, order["concepts"], order["articles"])
    for axis in ("x", "y"):
        data["articles"][axis] = (np.asarray(data["articles"][axis], dtype=np.int64) + _middles(data, axis)).tolist()
    return data


def _middles(data: dict[str, Any], axis: str) -> Ints:
    """Return the middle of each article's concepts, whole numbers so that all computers agree."""
    links, count = data["links"], len(data["articles"]["id"])
    article = np.repeat(np.arange(count), links["count"])
    weight = np.asarray(links["weight"], dtype=np.int64)
    place = np.asarray(data["concepts"][axis], dtype=np.int64)[np.asarray(links["concept"], dtype=np.int64)]
    total, sums = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(total, article, weight)
    np.add.at(sums, article, weight * place)
    return sums // np.maximum(1, total)


def _ranked(relations: dict[str, Any], concepts: Ints) -> dict[str, Any]:
    """Put communities' places for the ends, and rows in their order: they have none of their own."""
    rank = _inverse(concepts)
    source, target = (rank[np.asarray(relations[end], dtype=np.int64)] for end in ("source", "target"))
    order = np.lexsort((target, source, np.asarray(relations["kind"], dtype=np.int64)))
    rows = {name: _taken(relations[name], order) for name in ("kind", "confidence", "why", "technique")}
    return {**relations, **rows, "source": source[order], "target": target[order]}


def _by_concept(data: dict[str, Any], concepts: Ints, articles: Ints) -> dict[str, Any]:
    """Return links by concepts: how many articles speak of each, and by how many articles one is after another."""
    links = _in_order(data["links"])
    article = np.repeat(np.arange(len(articles)), links["count"])
    concept = np.asarray(links["concept"], dtype=np.int64)
    rank = _inverse(concepts)[concept]
    first = _first(data["concepts"]["community"], data["articles"]["community"])
    place = (_inverse(articles)[article] - first[concept]) % max(1, len(articles))
    order = np.lexsort((place, rank))
    counts = np.bincount(rank, minlength=len(concepts))
    gaps = np.diff(place[order], prepend=-1) - 1
    begins = (np.cumsum(counts) - counts)[counts > 0]
    gaps[begins] = place[order][begins]
    core = np.frombuffer(links["core"].encode(), dtype=np.uint8) - ord("0")
    about = (2 * np.asarray(links["weight"], dtype=np.int64) + core)[order]
    rest = {name: column for name, column in links.items() if name not in {"count", "concept", "weight", "core"}}
    return {"articles": counts, "gaps": gaps, "about": about, **rest}


def _by_article(data: dict[str, Any], concepts: Ints, articles: Ints) -> dict[str, Any]:
    links = data["links"]
    counts = np.asarray(links.pop("articles"), dtype=np.int64)
    gaps, about = (np.asarray(links.pop(name), dtype=np.int64) for name in ("gaps", "about"))
    concept = np.repeat(concepts, counts)
    steps = np.cumsum(gaps + 1)
    before = np.repeat(np.concatenate([[0], steps])[np.cumsum(counts) - counts], counts)
    first = _first(data["concepts"]["community"], data["articles"]["community"])
    article = articles[(steps - before - 1 + first[concept]) % max(1, len(articles))]
    order = np.lexsort((concept, -(about >> 1), article))
    return {
        "count": np.bincount(article, minlength=len(articles)).tolist(),
        "concept": concept[order].tolist(),
        "weight": (about[order] >> 1).tolist(),
        "core": "".join("01"[core] for core in about[order] & 1),
        **links,
    }


def _in_order(links: dict[str, Any]) -> dict[str, Any]:
    """Sort an article's links as they are found again: by falling weight in hundredths, then by concept."""
    article = np.repeat(np.arange(len(links["count"])), links["count"])
    order = np.lexsort((links["concept"], -np.asarray(links["weight"], dtype=np.int64), article))
    kept = {name: links[name] for name in ("count", "techniques")}
    return {**{name: _taken(column, order) for name, column in links.items() if name not in kept}, **kept}


def _taken(column: str | Sequence[Any] | Ints, order: Ints) -> str | list[Any] | Ints:
    """Return a column's rows in an order; a string's rows are its ASCII characters."""
    if isinstance(column, str):
        return np.frombuffer(column.encode("ascii"), dtype=np.uint8)[order].tobytes().decode("ascii")
    return column[order] if isinstance(column, np.ndarray) else [column[i] for i in order.tolist()]


def _inverse(order: Ints) -> Ints:
    """Return where each place stands in an order of all places."""
    inverse = np.empty_like(order)
    inverse[order] = np.arange(len(order))
    return inverse


# Ids follow from names mostly; of the others only the end is written in which each differs from the one before.


def _derived(name: str) -> str:
    return re.sub(r"[^a-z0-9.~+']+", "-", name.lower()).strip("-.")


def _short_ids(ids: Sequence[str], names: Sequence[str]) -> list[str]:
    return [
        "" if name.isascii() and _derived(name) == id_ else f"{chr(_FIRST + shared)}{id_[shared:]}"
        for before, id_, name in zip(["", *ids], ids, names, strict=False)
        for shared in [_shared(before, id_)]
    ]


def _shared(one: str, other: str, most: int = 80) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b or i == most),
        min(len(one), len(other), most),
    )


def _whole_ids(short: Sequence[str], names: Sequence[str]) -> list[str]:
    ids: list[str] = []
    for text, name in zip(short, names, strict=True):
        ids.append(
            ids[-1][: ord(text[0]) - _FIRST] + text[1:] if text and ids else text[1:] if text else _derived(name)
        )
    return ids


# Numbers as bytes: all lowest bytes of a column first, then the next ones, from the least value upwards.


def _small(value: Any, planes: list[bytes]) -> Any:
    if isinstance(value, dict):
        return {name: _small(part, planes) for name, part in value.items()}
    if not isinstance(value, list | np.ndarray | Ragged) or len(value) < FEW:
        return value.tolist() if isinstance(value, np.ndarray | Ragged) else value
    column = _as_arrays(value) if isinstance(value, list) else value
    if isinstance(column, Ragged):
        return {"lengths": _numbers(column.lengths, planes), "of": _numbers(column.of, planes)}
    return _numbers(column, planes) if isinstance(column, np.ndarray) else column


def _as_arrays(column: list[Any]) -> list[Any] | Ints | Ragged:
    """Return a list of whole numbers, or of lists of them, as arrays; any other as it is."""
    types = set(map(type, column))
    if types == {int}:
        return np.array(column, dtype=np.int64)
    if types == {list} and set(map(type, chain.from_iterable(column))) <= {int}:
        return Ragged.from_rows(column)
    return column


def _numbers(array: Ints, planes: list[bytes]) -> dict[str, int]:
    """Write numbers as they are or as steps, one after another or each third one, whichever is smaller."""
    best: tuple[int, dict[str, int], Ints] | None = None
    for every in (1, 3) if len(array) % 3 == 0 else (1,):
        turned = array.reshape(-1, every).T.ravel()
        for steps, of in enumerate((turned, np.diff(turned, prepend=0))):
            least = int(of.min(initial=0))
            size = len(zlib.compress(_planes(_some(of) - least)[0], 1))
            if best is None or size < best[0]:
                form = {"numbers": len(array), "least": least, "steps": steps, "every": every}
                best = size, form, of
    assert best is not None
    _, form, of = best
    content, form["bytes"] = _planes(of - form["least"])
    planes.append(content)
    return form


def _some(values: Ints) -> Ints:
    """Return the values, or runs of many: they tell as well which way of writing is the smallest."""
    runs = len(values) // RUN
    every = max(1, runs // RUNS)
    return values if every == 1 else values[: runs * RUN].reshape(runs, RUN)[::every].ravel()


def _planes(values: Ints) -> tuple[bytes, int]:
    width = max(1, (int(values.max(initial=0)).bit_length() + 7) // 8)
    return b"".join(((values >> (8 * i)) & 255).astype(np.uint8).tobytes() for i in range(width)), width


def _large(value: Any, rest: list[bytes]) -> Any:
    """Return what `_small` was given; `rest` holds the bytes that are still to read."""
    if not isinstance(value, dict):
        return value
    if {"numbers", "bytes", "least"} <= value.keys():
        return _read_numbers(value, rest)
    if {"lengths", "of"} == value.keys():
        ends = list(accumulate(_large(value["lengths"], rest), initial=0))
        flat = _large(value["of"], rest)
        return [flat[begin:end] for begin, end in pairwise(ends)]
    return {name: _large(part, rest) for name, part in value.items()}


def _read_numbers(form: dict[str, int], rest: list[bytes]) -> list[int]:
    count, width = form["numbers"], form["bytes"]
    planes = np.frombuffer(rest[0][: count * width], dtype=np.uint8).reshape(width, count).astype(np.int64)
    rest[0] = rest[0][count * width :]
    values = form["least"] + sum((plane << (8 * i) for i, plane in enumerate(planes)), np.zeros(count, dtype=np.int64))
    turned = np.cumsum(values) if form["steps"] else values
    read_: list[int] = turned.reshape(form["every"], -1).T.ravel().tolist()
    return read_


# Frequent words as one or two bytes that the text does not use: gzip sees 32 kB of text at a time and would spell each
# word anew.


def _abbreviated(text: bytes) -> tuple[bytes, bytes]:
    """Return the line that says which bytes stand for which words, and the text with them."""
    words: list[bytes] = []
    free = list(bytes(range(256)).translate(None, delete=text))
    if len(text) <= MUCH:
        counts = Counter(_WORD.findall(text))
        saved = {word: (len(word) - 2) * count for word, count in counts.items() if count > 2 and len(word) > 2}
        codes = _codes(free)
        chosen = sorted(saved, key=lambda word: (-saved[word], word))[: len(codes)]
        chosen.sort(key=lambda word: (-counts[word], word))
        alone = len(free) - min(_LEADS, len(free))
        words = sorted(chosen[:alone]) + sorted(chosen[alone:])
        code = dict(zip(words, codes, strict=False))
        text = _WORD.sub(lambda found: code.get(found[0], found[0]), text)
    form = {"text": len(text), "free": free, "words": [word.decode() for word in words]}
    return json.dumps(form, separators=(",", ":")).encode(), text


def _codes(free: Sequence[int]) -> list[bytes]:
    leads = min(_LEADS, len(free))
    alone, leading = free[: len(free) - leads], free[len(free) - leads :]
    return [bytes([byte]) for byte in alone] + [bytes([lead, after]) for lead in leading for after in range(256)]


def _in_full(text: bytes, free: Sequence[int], words: Sequence[str]) -> bytes:
    if not words:
        return text
    known = dict(zip(_codes(free), words, strict=False))
    leading = bytes(free[len(free) - min(_LEADS, len(free)) :])
    pattern = re.compile(b"[" + re.escape(leading) + b"].|[" + re.escape(bytes(free)) + b"]", re.DOTALL)
    return pattern.sub(lambda found: known[found[0]].encode(), text)


# Thirteen bits in two of 91 signs, as in basE91: a quarter more than the bytes, where base64 takes a third. The signs
# are those from # to }, with ! in place of <, which could end the script element.


def _two_signs() -> npt.NDArray[np.uint16]:
    """Return both signs of each number of thirteen bits, in the order in which they stand in memory."""
    numbers = np.arange(_THIRTEEN + 1)
    signs = (np.stack([numbers % _SIGNS, numbers // _SIGNS], axis=1) + _FIRST).astype(np.uint8)
    signs[signs == _LESS_THAN] = _INSTEAD
    return signs.view(np.uint16).ravel()


_PAIRS = _two_signs()


def _signs(packed: bytes) -> str:
    # Thirteen bytes are eight groups of thirteen bits; of eight bytes each half holds four, its first four bits apart.
    rows = -(-len(packed) // 13)
    padded = np.zeros((rows, 14), dtype=np.uint8)
    padded[:, :13] = np.frombuffer(packed.ljust(13 * rows, b"\0"), dtype=np.uint8).reshape(rows, 13)
    pairs = np.empty((rows, 8), dtype=np.uint16)
    for half, (byte, bit) in enumerate(((0, 0), (6, 4))):
        bits = np.ascontiguousarray(padded[:, byte : byte + 8]).view("<u8").ravel()
        for group in range(4):
            pairs[:, 4 * half + group] = _PAIRS[bits >> np.uint64(bit + 13 * group) & np.uint64(_THIRTEEN)]
    return pairs.ravel()[: -(-8 * len(packed) // 13)].tobytes().decode("ascii")


def _bytes(signs: str) -> bytes:
    values = (
        np.frombuffer(signs.replace(chr(_INSTEAD), chr(_LESS_THAN)).encode("ascii"), dtype=np.uint8).reshape(-1, 2)
        - _FIRST
    )
    pairs = values[:, 0].astype(np.uint16) + np.uint16(_SIGNS) * values[:, 1]
    bits = (pairs[:, None] >> np.arange(13, dtype=np.uint16)) & 1
    return np.packbits(bits.astype(np.uint8).ravel(), bitorder="little").tobytes()
