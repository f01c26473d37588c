"""The routers' own tables, as the route walk of the Swift tests writes them down."""

import re
from dataclasses import dataclass

from .person import OUTPUT

LIST = OUTPUT / "routes.txt"


@dataclass(frozen=True)
class Page:
    """What answers: a site, and the path with its parameters by name."""

    site: str
    pattern: str
    access: str

    def answers(self, path: str) -> bool:
        parts = (r"[^/]+" if part.startswith(":") else re.escape(part) for part in self.pattern.split("/"))
        return re.fullmatch("/".join(parts), path) is not None


    def filled(self, values: dict[str, str], other: str) -> str:
        """The path with values by name, and `other` for every parameter that has none."""
        return re.sub(r":(\w+)", lambda name: values.get(name.group(1), other), self.pattern)


def pages(site: str) -> list[Page]:
    """Every GET route of a site; those with fewer parameters first, since a word goes before a parameter."""
    # What is asked by machines is no page.
    found = [page for page in _routes(site, "GET") if not page.pattern.startswith("/health/")]
    return sorted(found, key=lambda page: page.pattern.count(":"))


def acts(site: str) -> list[Page]:
    """Every route of a site that changes something."""
    return _routes(site, "POST")


def _routes(site: str, wanted: str) -> list[Page]:
    if not LIST.exists():
        raise RuntimeError(f"{LIST} is not there: the Swift tests write it (make test-swift)")
    lines = [line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines()]
    return [Page(site, pattern, access) for place, method, pattern, access in lines if (place, method) == (site, wanted)]


def page_of(url: str, among: list[Page]) -> Page | None:
    path = re.sub(r"^https?://[^/]+", "", url).split("?")[0].split("#")[0]
    return next((page for page in among if page.answers(path)), None)
