"""Feed every reader with damaged files, and report what it raises but InputError and how long it takes.

    python benchmarks/fuzz.py [--corpus FOLDER] [SECONDS A READER] [READER…]

With atheris (``pip install -e '.[fuzz]'``) inputs are led by the coverage of our code and of the parsers in Python that
it calls; without, they are changed at random, from a fixed seed. Seeds are the small documents of tests/made.py.
Seconds are those of the processor, so that a busy machine does not shorten the run. What was kept in --corpus is begun
with the next time.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import made

if TYPE_CHECKING:
    from collections.abc import Callable

SLOW = 20.0
"""Seconds for one input that count as a finding."""
HANGS = 600
"""Seconds by the clock after which an input that does not end is given up."""
LED = ["conceptgraph", "docutils", "feedparser", "htmldate", "mammoth", "markdown_it", "pypdf", "rdflib", "trafilatura"]
"""Packages whose coverage leads."""
PIECES = [
    b"<",
    b">",
    b"[[",
    b"]]",
    b"\n\n",
    b"```",
    b"\xff",
    b"--",
    b"&#x0;",
    b"\0",
    b"]]>",
    b"<!ENTITY a 'b'>",
    b"- " * 40,
]


CHAPTER = f"<html><body><h1>T</h1><p>{made.WORDS}</p></body></html>".encode()
DOCUMENT = f"<w:document {made.W}><w:body>{made.paragraph('Kafka', bold=True)}</w:body></w:document>".encode()
"""What archives hold: their checksums keep a change of the whole archive from reaching it."""


def _book(chapter: bytes) -> bytes:
    return made.epub({"a.xhtml": ""}, **{"OEBPS/a.xhtml": chapter})


def _letter(document: bytes) -> bytes:
    return made.docx("", **{"word/document.xml": document})


def seeds() -> dict[str, bytes]:
    """Return a small valid file of each format, by ending, of each list that is fetched and of each vocabulary."""
    import rdflib
    from tests.unit.test_fetching import RSS
    from tests.unit.test_hostile import SEEDS
    from tests.unit.test_imported import CSV, TURTLE, cso

    lists = {
        "feed": RSS.encode(),
        "opml": b"<opml><body><outline xmlUrl='https://a.b/c'/></body></opml>",
        "sitemap": b"<urlset><url><loc>https://a.b/c</loc></url></urlset>",
    }
    graph = rdflib.Graph().parse(data=TURTLE, format="turtle")
    vocabularies = {
        ".ttl": TURTLE,
        ".rdf": graph.serialize(format="xml"),
        ".jsonld": graph.serialize(format="json-ld"),
        ".csv": CSV,
        ".cso.csv": cso(("a", "label", "flux"), ("a", "superTopicOf", "b"), ("b", "preferentialEquivalent", "a")),
    }
    return (
        SEEDS
        | {"chapter.epub": CHAPTER, "document.docx": DOCUMENT}
        | lists
        | {f"vocabulary{ending}": text.encode() for ending, text in vocabularies.items()}
    )


def reader(name: str, folder: Path) -> Callable[[bytes], None]:
    """Return what reads bytes as this format; what may be raised is swallowed."""
    from conceptgraph import InputError, VocabularyError
    from conceptgraph.fetching import lists
    from conceptgraph.sources import SourceFile, read_file
    from conceptgraph.vocabulary.imported import import_vocabulary

    packed = {"chapter.epub": _book, "document.docx": _letter}
    parsers = {"feed": lists.feed_entries, "opml": lists.opml_feeds, "sitemap": lists.sitemap_urls}

    def read(content: bytes) -> None:
        path = folder / f"x{name if name.startswith('.') else Path(name).suffix}"
        try:
            if name in parsers:
                parsers[name](content, "x")
                return
            path.write_bytes(packed[name](content) if name in packed else content)
            if name.startswith("vocabulary"):
                import_vocabulary(path)
                return
            for article in read_file(SourceFile(where=str(path), id="x", named=True)):
                for span in (*article.spans, *article.links, *article.sections):
                    if not 0 <= span.start <= span.end <= len(article.text):
                        raise AssertionError(f"a span outside the text: {span}")
        except (InputError, VocabularyError) as error:
            if "\n" in str(error):
                raise AssertionError(f"a message of several lines: {error}") from None

    return read


def changed(content: bytes, chance: random.Random) -> bytes:
    """Return the content with some bytes replaced, cut out, put in or doubled."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randint(1, 40)]
            case 2:
                made[at:at] = chance.choice(PIECES)
            case _:
                made[at:at] = made[at : at + chance.randint(1, 200)] * chance.randint(1, 20)
    return bytes(made)


class Watched:
    """A reader that counts what it reads and notes what is found, instead of ending with the first."""

    def __init__(self, name: str, read: Callable[[bytes], None], seconds: float) -> None:
        self.name, self.read, self.seconds = name, read, seconds
        self.count, self.slowest, self.longest = 0, 0.0, b""
        self.found: dict[str, bytes] = {}
        self.started, self.by_clock = time.process_time(), time.monotonic()

    def __call__(self, content: bytes) -> None:
        """Read one input."""
        before = time.process_time()
        try:
            self.read(content)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {str(error)[:120]!r}"
            self.found.setdefault(what.partition(": ")[0], content)
        took = time.process_time() - before
        if took > self.slowest:
            self.slowest, self.longest = took, content
        self.count += 1

    @property
    def over(self) -> bool:
        """Whether its time has passed."""
        return time.process_time() - self.started > self.seconds

    def report(self, kept: str = "") -> None:
        """Print how many inputs were read, and what was found."""
        spent, passed = time.process_time() - self.started, time.monotonic() - self.by_clock
        print(
            f"{self.name:<16} {self.count:>9,} inputs in {spent:5.0f} s of the processor ({passed:5.0f} by the clock)"
            f"  slowest {self.slowest:6.2f} s  {len(self.found)} findings{kept}",
            flush=True,
        )
        for what, content in self.found.items():
            print(f"    {what}\n    {content[:2000]!r}", flush=True)
        if self.slowest > SLOW:
            print(f"    slow: {self.longest[:2000]!r}", flush=True)


def at_random(name: str, content: bytes, seconds: float, corpus: Path | None) -> None:
    """Read changed files until the time is over."""
    del corpus  # nothing tells which inputs would be worth keeping
    chance = random.Random(name)
    with tempfile.TemporaryDirectory() as folder:
        watched = Watched(name, reader(name, Path(folder)), seconds)
        while not watched.over:
            watched(changed(content, chance))
    watched.report()


def led_by_coverage(name: str, content: bytes, seconds: float, corpus: Path | None) -> None:
    """Run atheris on one reader in a process of its own, since it ends the process."""
    with tempfile.TemporaryDirectory() as folder:
        kept = (corpus or Path(folder)) / name
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "seed").write_bytes(content)
        arguments = [f"-timeout={HANGS}", "-rss_limit_mb=3072", "-max_len=60000", f"-artifact_prefix={folder}/"]
        command = [sys.executable, __file__, "--child", name, str(seconds), folder, *arguments, str(kept)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
        print(done.stdout, end="", flush=True)
        if done.returncode:
            print(f"{name:<16} ended early", flush=True)
            print("\n".join(f"    {line}" for line in done.stderr.splitlines()[-15:]), flush=True)
            for artifact in Path(folder).glob("[a-z]*-*"):
                print(f"    {artifact.name}: {artifact.read_bytes()[:2000]!r}", flush=True)


def child(name: str, seconds: float, folder: str, arguments: list[str]) -> None:
    """Be the process that atheris runs in."""
    import atheris

    with atheris.instrument_imports(include=LED):
        read = reader(name, Path(folder))
        read(seeds()[name])  # so that what is imported late is watched too
    watched = Watched(name, read, seconds)

    def one(content: bytes) -> None:
        watched(content)
        if watched.over:
            watched.report(f"  {len(list(Path(arguments[-1]).iterdir())):,} inputs kept")
            os._exit(0)

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz the readers that were named, or all."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], float(sys.argv[3]), sys.argv[4], sys.argv[5:])
        return
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("seconds", nargs="?", type=float, default=60.0)
    options.add_argument("readers", nargs="*", metavar="READER")
    options.add_argument("--corpus", type=Path)
    given = options.parse_args()
    try:
        import atheris  # noqa: F401

        run = led_by_coverage
    except ImportError:
        print("atheris is not installed: inputs are changed at random")
        run = at_random
    for name, content in seeds().items():
        if not given.readers or name in given.readers:
            run(name, content, given.seconds, given.corpus)


if __name__ == "__main__":
    main()
