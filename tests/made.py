"""Small documents of every format, made here."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>A book of logs</dc:title><dc:date>2024-05-06</dc:date><dc:subject>logs</dc:subject></metadata>
<manifest>{items}</manifest><spine>{refs}</spine></package>"""
WORDS = "Kafka keeps ordered records for many readers, and each of them reads at a pace of its own. " * 4
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Logs in Word</dc:title><cp:keywords>kafka, logs</cp:keywords>'
    "<dcterms:created>2025-03-01T08:00:00Z</dcterms:created></cp:coreProperties>"
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def epub(chapters: dict[str, str], **changed: str | bytes) -> bytes:
    """Return a book with a file for each chapter, by file name."""
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in chapters)
    refs = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": OPF.format(items=items, refs=refs),
    }
    for name, body in chapters.items():
        members[f"OEBPS/{name}"] = f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html>"
    return zipped(members | changed)


def docx(body: str, **changed: str | bytes) -> bytes:
    """Return a Word document with this body."""
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": document,
        "docProps/core.xml": CORE,
    }
    return zipped(members | changed)


def paragraph(text: str, style: str = "", bold: bool = False) -> str:
    """Return a paragraph of a Word document."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r></w:p>"


def pdf(*pages: str, title: str = "", password: str = "") -> bytes:
    """Return a PDF with these pages."""
    from fpdf import FPDF

    made = FPDF()
    if title:
        made.set_title(title)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    for page in pages:
        made.add_page()
        made.set_font("helvetica", size=12)
        if page:
            made.multi_cell(0, 6, page)
    return bytes(made.output())


def notebook(*cells: tuple[str, str], **given: Any) -> bytes:
    """Return a notebook with cells of (type, source)."""
    made = [{"cell_type": kind, "source": source.splitlines(keepends=True), "metadata": {}} for kind, source in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **given}).encode()


def parquet(*rows: dict[str, str]) -> bytes:
    """Return a Parquet file with these rows."""
    from pyarrow import Table
    from pyarrow.parquet import write_table

    out = io.BytesIO()
    write_table(Table.from_pylist(list(rows)), out)
    return out.getvalue()


PAGE = f"""<!doctype html><html lang="en"><head><title>Logs: a story</title>
<meta name="date" content="2025-03-01"><meta name="description" content="What a log is.">
<meta name="keywords" content="kafka, logs"><link rel="canonical" href="https://example.org/logs"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Logs: a story</h1>
<p>A <b>log</b> is a <i>list</i> of <code>records</code>, kept in <a href="https://example.org/b">order</a>. {WORDS}</p>
<h2>Parts</h2><ul><li>one item<ul><li>nested</li></ul></li><li><b>Segment</b>: a file</li></ul>
<pre><code>kafka = Kafka()
kafka.send()</code></pre><blockquote><p>Quoted words.</p></blockquote>
<table><tr><th>a</th><th>b</th></tr><tr><td>x</td><td>y</td></tr></table>
<script>evil()</script><p>{WORDS}</p></article><footer>All rights reserved</footer></body></html>"""
