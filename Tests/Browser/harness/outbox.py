"""The demo outbox: what would have left this machine, read as a person at the machine reads it."""

import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser

PATIENCE = 60  # seconds for a message to be written


@dataclass(frozen=True)
class Letter:
    heading: str
    text: str
    links: tuple[str, ...]


class Outbox:
    def __init__(self, portal: str) -> None:
        self._page = f"{portal}/demo/outbox"

    def to(self, recipient: str) -> list[Letter]:
        """What was written to an address or a telephone number, newest first, as far as the first page goes."""
        with urllib.request.urlopen(f"{self._page}?to={urllib.parse.quote(recipient)}", timeout=10) as answer:
            reader = _Letters()
            reader.feed(answer.read().decode("utf-8"))
        return reader.letters()

    def link(self, recipient: str, about: str, besides: str = "") -> str:
        """The link of the newest message whose heading names `about`; `besides` is a link that was used already."""
        found = self._await(
            lambda: next(
                (
                    link
                    for letter in self.to(recipient)
                    if about in letter.heading
                    for link in letter.links
                    if link != besides
                ),
                None,
            )
        )
        assert found, f"no message about “{about}” with a link was written to {recipient}"
        return found

    def code(self, number: str, older: set[str] = frozenset()) -> str:
        """The six digits of the newest text; `older` are the texts that were there before."""

        def newest() -> str | None:
            new = [one for one in self.to(number) if one.heading == "Text message" and one.text not in older]
            found = re.search(r"\b\d{6}\b", new[0].text) if new else None
            return found.group() if found else None

        found = self._await(newest)
        assert found, f"no text with a code was written to {number}"
        return found

    def has(self, recipient: str, about: str) -> bool:
        return self._await(lambda: any(about in letter.heading for letter in self.to(recipient)))

    @staticmethod
    def _await(look):
        deadline = time.monotonic() + PATIENCE
        while not (found := look()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return found


class _Letters(HTMLParser):
    """Reads the articles `message-1`, `message-2` … of the outbox page."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[dict[str, list[str]]] = []
        self._depth = 0
        self._in_heading = False

    def letters(self) -> list[Letter]:
        return [
            Letter(" ".join("".join(one["heading"]).split()), " ".join("".join(one["text"]).split()), tuple(one["links"]))
            for one in self._found
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "article":
            if self._depth:
                self._depth += 1
            elif (attributes.get("id") or "").startswith("message-"):
                self._depth = 1
                self._found.append({"heading": [], "text": [], "links": []})
        if self._depth and tag == "h2":
            self._in_heading = True
        if self._depth and tag == "a" and attributes.get("href"):
            self._found[-1]["links"].append(attributes["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "article" and self._depth:
            self._depth -= 1
        if tag == "h2":
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._found[-1]["heading" if self._in_heading else "text"].append(data + " ")
