"""Feed every reader with damaged files, and report what it raises but InputError and how long it takes.

    python benchmarks/fuzz.py [SECONDS A READER] [READER…]

With atheris (``pip install atheris``) inputs are led by the coverage of our code; without, they are changed at
random, from a fixed seed. Seeds are the small documents of tests/made.py.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from collections.abc import Callable

SLOW = 20.0
"""Seconds for one input that count as a finding."""
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


def seeds() -> dict[str, bytes]:
    """Return a small valid file of each format, by ending, and of each list that is fetched."""
    from tests.unit.test_fetching import RSS
    from tests.unit.test_hostile import SEEDS
    from tests.unit.test_imported import CSV, TURTLE

    lists = {
        "feed": RSS.encode(),
        "opml": b"<opml><body><outline xmlUrl='https://a.b/c'/></body></opml>",
        "sitemap": b"<urlset><url><loc>https://a.b/c</loc></url></urlset>",
    }
    return SEEDS | lists | {"vocabulary.ttl": TURTLE.encode(), "vocabulary.csv": CSV.encode()}


def reader(name: str, folder: Path) -> Callable[[bytes], None]:
    """Return what reads bytes as this format; what may be raised is swallowed."""
    from conceptgraph import InputError, VocabularyError
    from conceptgraph.fetching import lists
    from conceptgraph.sources import SourceFile, read_file
    from conceptgraph.vocabulary.imported import import_vocabulary

    parsers = {"feed": lists.feed_entries, "opml": lists.opml_feeds, "sitemap": lists.sitemap_urls}

    def read(content: bytes) -> None:
        path = folder / f"x{name if name.startswith('.') else Path(name).suffix}"
        try:
            if name in parsers:
                parsers[name](content, "x")
                return
            path.write_bytes(content)
            if name.startswith("vocabulary"):
                import_vocabulary(path)
                return
            for article in read_file(SourceFile(path=path, id="x", named=True)):
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


def at_random(name: str, content: bytes, seconds: float) -> None:
    """Read changed files until the time is over; print how many, and what was found."""
    chance = random.Random(name)
    found: dict[str, bytes] = {}
    slowest = 0.0
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        read = reader(name, Path(folder))
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            damaged = changed(content, chance)
            started = time.monotonic()
            try:
                read(damaged)
            except Exception as error:  # noqa: BLE001 - that is what is looked for
                found.setdefault(f"{type(error).__name__}: {str(error)[:120]}", damaged)
            slowest = max(slowest, time.monotonic() - started)
            count += 1
    print(f"{name:<16} {count:>8,} inputs  slowest {slowest:6.2f} s  {len(found)} findings", flush=True)
    for what, damaged in found.items():
        print(f"    {what}\n    {damaged[:200]!r}", flush=True)
    if slowest > SLOW:
        print(f"    an input took {slowest:.0f} s", flush=True)


def led_by_coverage(name: str, content: bytes, seconds: float) -> None:
    """Run atheris on one reader in a process of its own, since it ends the process."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        (corpus / "seed").write_bytes(content)
        arguments = [f"-max_total_time={seconds:.0f}", f"-timeout={SLOW:.0f}", "-rss_limit_mb=4096", "-max_len=60000"]
        command = [sys.executable, __file__, "--child", name, *arguments, f"-artifact_prefix={folder}/", str(corpus)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
        lines = done.stderr.splitlines()
        ran = next((line for line in reversed(lines) if line.startswith("Done ")), "ended early")
        print(f"{name:<16} {ran}, {len(list(corpus.iterdir())):,} inputs kept", flush=True)
        if done.returncode:
            print("\n".join(f"    {line}" for line in lines[-15:]), flush=True)


def child(name: str) -> None:
    """Be the process that atheris runs in."""
    import atheris

    with atheris.instrument_imports(include=["conceptgraph"]):
        folder = tempfile.mkdtemp()
        read = reader(name, Path(folder))
    atheris.Setup([sys.argv[0], *sys.argv[3:]], read)
    atheris.Fuzz()


def main() -> None:
    """Fuzz the readers that were named, or all."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2])
        return
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    try:
        import atheris  # noqa: F401

        run = led_by_coverage
    except ImportError:
        print("atheris is not installed: inputs are changed at random")
        run = at_random
    for name, content in seeds().items():
        if not sys.argv[2:] or name in sys.argv[2:]:
            run(name, content, seconds)


if __name__ == "__main__":
    main()
