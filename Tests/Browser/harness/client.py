"""A browser without a screen: for what is too much, too large or too rough for a real one."""

import html
import http.client
import re
import urllib.parse
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT = 120  # seconds without a byte

Fields = dict[str, str]


@dataclass
class Answer:
    status: int
    location: str
    text: str

    @property
    def words(self) -> str:
        """What the page says, without its markup."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.text)).split())

    def form(self, action: str) -> Fields:
        """The fields of the page's form that is sent to `action`, filled as the page fills them."""
        found = re.search(rf'<form[^>]*action="{re.escape(html.escape(action))}".*?</form>', self.text, re.DOTALL)
        assert found, f"no form to {action}, but {self.status}: {self.words[:300]}"
        return dict(_fields(found.group()))


@dataclass(frozen=True)
class Attachment:
    """A file to upload: its name, its size, and its bytes as they are made."""

    name: str
    size: int
    pieces: Iterable[bytes]

    @staticmethod
    def of(path: Path, name: str | None = None) -> "Attachment":
        content = path.read_bytes()
        return Attachment(name or path.name, len(content), [content])


@dataclass
class Client:
    site: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._address = urllib.parse.urlsplit(self.site)
        self._connection: http.client.HTTPConnection | None = None

    def gets(self, path: str) -> Answer:
        return self._asks("GET", path)

    def form(self, path: str, action: str) -> Fields:
        return self.gets(path).form(action)

    def sends(self, action: str, fields: Fields) -> Answer:
        body = urllib.parse.urlencode(fields).encode()
        return self._asks("POST", action, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def uploads(self, action: str, fields: Fields, name: str, files: list[Attachment]) -> Answer:
        """Sends a form with files, a piece at a time."""
        boundary = uuid.uuid4().hex
        heads = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        files_heads = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{one.name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode()
            for one in files
        ]
        end = f"--{boundary}--\r\n".encode()

        def body() -> Iterator[bytes]:
            yield from heads
            for head, one in zip(files_heads, files, strict=True):
                yield head
                yield from one.pieces
                yield b"\r\n"
            yield end

        length = sum(map(len, heads)) + sum(map(len, files_heads)) + sum(one.size + 2 for one in files) + len(end)
        return self._asks(
            "POST", action, body(),
            {"Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(length)},
        )

    def downloads(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, a piece at a time."""
        response = self._request("GET", path, None, {})
        assert response.status == 200, f"{path} answered {response.status}"
        while piece := response.read(1 << 20):
            yield piece

    def downloads_part(self, path: str, part: str) -> tuple[int, str, bytes]:
        """Asks for `part` in the words of HTTP, `bytes=0-99`: the status, which part it is of what, and its bytes."""
        response = self._request("GET", path, None, {"Range": part})
        return response.status, response.headers.get("Content-Range", ""), response.read()

    def signs_in_at_desk(self, email: str, password: str, code) -> None:
        """`code` gives the digits of the text message, once it was sent."""
        self.sends("/sign-in", {**self.form("/sign-in", "/sign-in"), "email": email, "password": password})
        fields = self.form("/sign-in/code", "/sign-in/code")
        answer = self.sends("/sign-in/code", {**fields, "code": code()})
        assert answer.status == 303, f"not signed in: {answer.words[:300]}"

    def signs_in_at_portal(self, email: str, password: str) -> None:
        fields = self.form("/Account/Login", "/Account/Login")
        answer = self.sends("/Account/Login", {**fields, "email": email, "password": password})
        assert answer.status == 303, f"not signed in: {answer.words[:300]}"

    def _asks(self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, headers: Fields = {}) -> Answer:
        response = self._request(method, path, body, headers)
        return Answer(response.status, response.headers.get("Location", ""), response.read().decode("utf-8", "replace"))

    def _request(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None, headers: Fields
    ) -> http.client.HTTPResponse:
        self.leaves()
        self._connection = http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=TIMEOUT)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(
            method, path, body,
            {"Cookie": cookies, "Origin": self.site, "Sec-Fetch-Site": "same-origin", **headers},
        )
        response = self._connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return response

    def leaves(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None


def _fields(form: str) -> Iterator[tuple[str, str]]:
    """Hidden and typed inputs with their values, and radio buttons that are chosen."""
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if attributes.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if "name" in attributes and attributes.get("type") != "file":
            yield html.unescape(attributes["name"]), html.unescape(attributes.get("value", ""))
