"""What the browser tests of the explorer share: opening a page with every problem noted."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.conftest import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@contextmanager
def started(flags: Sequence[str] = ()) -> Iterator[Browser]:
    """Start headless Chromium."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, address: str = "", **options: Any) -> Iterator[Page]:
    """Open a page from disk; any request but the page itself, and any error in it, fails the test."""
    context = browser.new_context(**options)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    own = path.as_uri()
    page.on(
        "request",
        lambda request: (
            None
            if request.url.split("#")[0] == own or request.url.startswith("blob:")
            else problems.append(request.url)
        ),
    )
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    page.goto(own + address)
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    yield page
    page.wait_for_timeout(100)
    assert problems == []
    context.close()


def details(page: Page) -> Locator:
    """Return the region that tells of what is chosen."""
    return page.get_by_role("region", name="Details")
