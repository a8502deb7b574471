"""Word documents (.docx), through the HTML that mammoth makes of their styles."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from conceptgraph.errors import InputError
from conceptgraph.foreign import check_entities, needed, parse_xml, parsing
from conceptgraph.model import Article
from conceptgraph.sources.archive import member, opened, shown
from conceptgraph.sources.elements import article_of, first_heading
from conceptgraph.sources.limits import MAX_TEXT

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from conceptgraph.sources.discover import SourceFile

_CORE = "docProps/core.xml"
_STYLES = "p[style-name='Title'] => h1.title:fresh\np[style-name='Subtitle'] => p:fresh"


def read(file: SourceFile) -> Iterator[Article]:
    """Yield the one article of a Word document."""
    mammoth = needed("mammoth", extra="formats", to="read Word documents", where=file.path)
    html = needed("lxml.html", extra="formats", to="read Word documents", where=file.path)
    with opened(file, "a Word document") as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                check_entities(member(archive, name, file), f"{file.path}: {shown(name)}")
        about = _about(archive, file)
    with parsing(file.path, "a Word document"):
        made = mammoth.convert_to_html(
            BytesIO(file.bytes()), convert_image=_no_image, style_map=_STYLES, external_file_access=False
        ).value
        if len(made) > MAX_TEXT:
            raise InputError(f"{file.path}: holds more than {MAX_TEXT / 2**20:.0f} MB of text; split it")
        if not made.strip():
            raise InputError(f"{file.path}: holds no text; write an article into it or exclude it")
        body = html.fragment_fromstring(made, create_parent="div")
    title = about.get("title") or first_heading(body) or file.name
    tags = tuple(
        dict.fromkeys(tag.strip() for tag in about.get("keywords", "").replace(";", ",").split(",") if tag.strip())
    )
    known = Article(
        id=file.id,
        title=title,
        text="",
        path=str(file.path),
        published=about.get("created", "")[:10] or None,
        tags=tags,
        summary=about.get("description") or None,
    )
    yield article_of(body, known)


def _no_image(image: object) -> list[object]:
    """Return nothing: a picture has no text."""
    del image
    return []


def _about(archive: zipfile.ZipFile, file: SourceFile) -> dict[str, str]:
    """Return the document's properties: title, keywords, created, description."""
    if _CORE not in archive.namelist():
        return {}
    root: Any = parse_xml(member(archive, _CORE, file), f"{file.path}: {_CORE}", "Word documents")
    return {str(e.tag).rpartition("}")[2]: " ".join((e.text or "").split()) for e in root}
