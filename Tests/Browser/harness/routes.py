"""The routers' own tables, as the route walk of the Swift tests writes them down."""

import re
from dataclasses import dataclass

from .person import OUTPUT

LIST = OUTPUT / "routes.txt"


@dataclass(frozen=True)
class Page:
    """What answers a GET: a site, and the path with its parameters by name."""

    site: str
    pattern: str
    access: str

    def answers(self, path: str) -> bool:
        parts = (r"[^/]+" if part.startswith(":") else re.escape(part) for part in self.pattern.split("/"))
        return re.fullmatch("/".join(parts), path) is not None


def pages(site: str) -> list[Page]:
    """Every GET route of a site; those with fewer parameters first, since a word goes before a parameter."""
    if not LIST.exists():
        raise RuntimeError(f"{LIST} is not there: the Swift tests write it (make test-swift)")
    found = []
    for line in LIST.read_text(encoding="utf-8").splitlines():
        place, method, pattern, access = line.split("\t")
        # What is asked by machines is no page.
        if place == site and method == "GET" and not pattern.startswith("/health/"):
            found.append(Page(site, pattern, access))
    return sorted(found, key=lambda page: page.pattern.count(":"))


def page_of(url: str, among: list[Page]) -> Page | None:
    path = re.sub(r"^https?://[^/]+", "", url).split("?")[0].split("#")[0]
    return next((page for page in among if page.answers(path)), None)
