"""One person with one browser window, and what they may not see: errors and foreign requests."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
NAVIGATION = '[data-testid="stSidebar"]'
SECONDS = 60.0
PROBES = ("/_stcore/health", "/_stcore/host-config")
"""On a deep link Streamlit's own client asks under which path the server stands; a 404 is an
answer."""


@dataclass(kw_only=True)
class Visitor:
    """One person with one browser window."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Go to a page of the playground and wait until it has been drawn.

        What draws links comes from the server when the first of them is met.
        """
        self.page.goto(self.url + path)
        for part in ('[data-testid="stMain"] h1', f"{NAVIGATION} a"):
            self.page.wait_for_selector(part, state="attached", timeout=SECONDS * 1000)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page's script has run."""
        self.page.wait_for_selector(SETTLED, timeout=SECONDS * 1000)

    def serious_faults(self) -> list[str]:
        """Return what axe finds that keeps somebody from using the page, one line each."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['html'][:200]}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
        ]

    def shown(self) -> str:
        """Return the words on the page and the errors so far."""
        return "\n".join([self.page.locator("body").inner_text()[:3000], *self.errors])

    def check(self) -> None:
        """Fail when anything went wrong that a person or a developer would have seen."""
        assert self.page.locator('[data-testid="stException"]').count() == 0
        assert self.errors == []
        assert self.foreign_requests == []


def watched(context: BrowserContext, url: str) -> Visitor:
    visitor = Visitor(page=context.new_page(), url=url)
    host = urlsplit(url).netloc

    def on_console(message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type == "error" and not place.endswith(PROBES):
            visitor.errors.append(f"{message.text} ({place})")

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
            visitor.foreign_requests.append(request.url)

    context.on("console", on_console)
    context.on("request", on_request)
    context.on("weberror", lambda error: visitor.errors.append(str(error.error)))
    return visitor
