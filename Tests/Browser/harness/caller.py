"""Somebody who writes requests by hand: keeps cookies as a browser does, and sends whatever they like besides."""

import http.client
import re
import urllib.parse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from .member import Known
from .outbox import Outbox
from .server import Server

Fields = Mapping[str, str] | Iterable[tuple[str, str]]
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    @property
    def location(self) -> str:
        return self.header("Location")

    def header(self, name: str) -> str:
        return ", ".join(self.all(name))

    def all(self, name: str) -> list[str]:
        return [value for known, value in self.headers if known.lower() == name.lower()]

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.S)
        return unescape(re.sub(r"<[^>]+>", "", found.group(1))).strip() if found else ""


@dataclass
class SentForm:
    """A form of a page, as a browser would send it untouched."""

    action: str
    has_files: bool
    values: list[tuple[str, str]] = field(default_factory=list)
    # What can be typed or chosen, with the choices of each.
    inputs: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One part of a multipart body, its header exactly as given."""

    disposition: str
    content: bytes
    type: str = ""


class Caller:
    def __init__(self, site: str) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, *, origin: str | None = ""
    ) -> Answer:
        """One request on a connection of its own. `origin` is the site's own unless another is given, or None."""
        connection = self.connects()
        wanted = dict(headers or {})
        if method not in ("GET", "HEAD") and origin is not None:
            wanted.setdefault("Origin", origin or self.site)
        if self.cookies:
            wanted.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        try:
            connection.request(method, path, body or None, wanted)
            found = connection.getresponse()
            answer = Answer(found.status, tuple(found.getheaders()), found.read())
        finally:
            connection.close()
        self.keep(answer)
        return answer

    def connects(self) -> http.client.HTTPConnection:
        address = urllib.parse.urlsplit(self.site)
        return http.client.HTTPConnection(address.hostname, address.port, timeout=30)

    def keep(self, answer: Answer) -> None:
        for line in answer.all("Set-Cookie"):
            name, value = line.split(";")[0].split("=", 1)
            if value and "Max-Age=0" not in line:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("GET", path, headers=headers)

    def opens(self, path: str) -> Answer:
        """A page, and the pages it is sent on to."""
        answer = self.get(path)
        for _ in range(5):
            if not answer.location:
                break
            answer = self.get(urllib.parse.urljoin(path, answer.location))
        return answer

    def post(self, path: str, fields: Fields, headers: Mapping[str, str] | None = None, *, origin: str | None = "") -> Answer:
        pairs = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
        body = urllib.parse.urlencode(pairs).encode("ascii")
        return self.send("POST", path, body, {"Content-Type": FORM, **(headers or {})}, origin=origin)

    def fills(self, page: str, fields: Fields, action: str = "") -> Answer:
        """Opens a page, fills in its form and sends it."""
        form = form_of(self.get(page), action)
        return self.post(form.action, merged(form.values, fields))

    def uploads(self, page: str, parts: list[Part], action: str = "") -> Answer:
        form = form_of(self.get(page), action)
        secrets = [Part(f'form-data; name="{name}"', value.encode()) for name, value in form.values]
        return self.multipart(form.action, secrets + parts)

    def multipart(self, path: str, parts: list[Part], boundary: str = "----edge") -> Answer:
        body = b""
        for part in parts:
            kind = f"Content-Type: {part.type}\r\n" if part.type else ""
            head = f"--{boundary}\r\nContent-Disposition: {part.disposition}\r\n{kind}\r\n"
            body += head.encode("utf-8", errors="surrogateescape") + part.content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        return self.send("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    @property
    def session(self) -> str:
        return next((value for name, value in self.cookies.items() if name.endswith("-session")), "")

    # An account of one's own

    def registers(self, email: str, password: str, outbox: Outbox) -> Known:
        """Makes an account at the portal, by the link that was mailed."""
        asked = self.fills("/Account/Register", {"email": email, "confirm": email}, action="/Account/Register")
        assert asked.status in (200, 303), asked.heading
        self.sets_password(outbox.link(email, about="Finish creating your account"), password)
        return Known(email, password)

    def forgets_password(self, email: str, password: str, outbox: Outbox) -> str:
        """Sets another by the link that was mailed; returns the link."""
        self.fills("/Account/ForgottenPassword", {"email": email}, action="/Account/ForgottenPassword")
        link = outbox.link(email, about="password")
        self.sets_password(link, password)
        return link

    def sets_password(self, link: str, password: str) -> None:
        form = form_of(self.opens(link.removeprefix(self.site)))
        answer = self.post(form.action, [*form.values, ("password", password), ("confirm", password)])
        assert answer.status == 303, answer.heading

    # Signing in

    def signs_in(self, known: Known, then: str = "") -> Answer:
        """At the portal, with a password alone."""
        page = "/Account/Login" + (f"?then={urllib.parse.quote(then, safe='')}" if then else "")
        return self.fills(page, {"email": known.email, "password": known.password}, action="/Account/Login")

    def signs_in_with_code(self, known: Known, outbox: Outbox) -> Answer:
        """At the desk: the code comes as a text."""
        before = {letter.text for letter in outbox.to(known.phone)}
        asked = self.fills("/sign-in", {"email": known.email, "password": known.password}, action="/sign-in")
        code = outbox.code(known.phone, older=before)
        return self.fills(asked.location, {"code": code}, action="/sign-in/code")


def requester_of(server: Server, which: int) -> Caller:
    """A requester of a demonstration, signed in."""
    caller = Caller(server.portal)
    caller.signs_in(server.requesters[which])
    assert caller.session
    return caller


def member_of(server: Server, which: int) -> Caller:
    """A member of a demonstration's staff, signed in."""
    caller = Caller(server.desk)
    caller.signs_in_with_code(server.staff[which], server.outbox)
    assert caller.session
    return caller


def merged(values: list[tuple[str, str]], fields: Fields) -> list[tuple[str, str]]:
    """The form's own values, with those that were typed in their place."""
    pairs = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
    typed = {name for name, _ in pairs}
    return [pair for pair in values if pair[0] not in typed] + pairs


def form_of(answer: Answer, action: str = "") -> SentForm:
    """The page's form that is sent to `action`; the first that is not for signing out if none is named."""
    found = forms(answer.text)
    for form in found:
        if (form.action == action) if action else ("out" not in form.action.rsplit("/", 1)[-1].lower()):
            return form
    raise AssertionError(f"{answer.status} “{answer.heading}” has no form to {action or 'anywhere'}: {[one.action for one in found]}")


def forms(text: str) -> list[SentForm]:
    """The forms that are sent with POST."""
    reader = _Forms()
    reader.feed(text)
    return reader.found


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[SentForm] = []
        self._form: SentForm | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post":
            self._form = SentForm(given["action"], given.get("enctype") == "multipart/form-data")
            self.found.append(self._form)
        if self._form is None:
            return
        name = given.get("name", "")
        if tag == "input" and given.get("type") == "hidden":
            self._form.values.append((name, given.get("value", "")))
        elif tag == "input" and name:
            self._form.inputs.setdefault(name, [])
            if given.get("type") in ("radio", "checkbox"):
                self._form.inputs[name].append(given.get("value", "on"))
                if "checked" in given:
                    self._form.values.append((name, given.get("value", "on")))
            elif given.get("value"):
                self._form.values.append((name, given["value"]))
        elif tag in ("textarea", "select") and name:
            self._form.inputs.setdefault(name, [])
            self._select = name if tag == "select" else ""
        elif tag == "option" and self._select:
            self._form.inputs[self._select].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
