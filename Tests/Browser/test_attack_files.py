"""Files that are bombs, and file names that are paths, headers or markup."""

import io
import re
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from harness.caller import Answer, Caller, Part
from harness.hostile import PAPER
from harness.memory import forget_most_memory, most_memory
from harness.server import Server

DAY = {"arrived-on[day]": "1", "arrived-on[month]": "6", "arrived-on[year]": "2026"}
DOCX = {
    "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "word/document.xml": b"<?xml version='1.0'?><w:document xmlns:w='x'/>",
}


def case_of(hughes: Caller) -> str:
    found = re.search(r'href="/cases/([0-9a-z]{26})', hughes.get("/requests").text)
    assert found
    return found.group(1)


def kept(hughes: Caller, name: str, content: bytes, kind: str = "application/octet-stream") -> Answer:
    """Adds a file to a case at the desk, under exactly this name."""
    page = f"/cases/{case_of(hughes)}/files"
    from harness.caller import form_of

    form = form_of(hughes.get(page), page)
    fields = [(field, (choices or [""])[0]) for field, choices in form.inputs.items() if field not in ("files", *DAY)]
    parts = [Part(f'form-data; name="{field}"', value.encode()) for field, value in [*form.values, *fields, *DAY.items()]]
    return hughes.multipart(page, [*parts, Part(f'form-data; name="files"; filename="{name}"', content, kind)])


def downloads(hughes: Caller, content: bytes) -> list[Answer]:
    """The case's files that hold this, once the worker has looked at them."""
    page, deadline = f"/cases/{case_of(hughes)}/files", time.monotonic() + 60
    while time.monotonic() < deadline:
        links = re.findall(r'href="(/cases/\w+/files/[0-9a-z]{26})"', hughes.get(page).text)
        if found := [answer for answer in map(hughes.get, links[::-1]) if answer.body == content]:
            return found
        time.sleep(0.3)
    return []


def archive(entries: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as writer:
        for name, content in entries.items():
            writer.writestr(name, content)
    return held.getvalue()


def pdf_bomb() -> bytes:
    """Objects within a stream that unpacks to a quarter of a gigabyte."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b"0" * (1 << 20)) for _ in range(256)) + packer.flush()
    length = str(len(stream)).encode()
    return (
        b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 100000/First 10/Filter/FlateDecode/Length " + length + b">>\nstream\n" + stream
        + b"\nendstream\nendobj\n2 0 obj\n<</Type/XRef/Size 3/W[1 4 2]/Root 3 0 R/Filter/FlateDecode/Length " + length
        + b">>\nstream\n" + stream + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    )


@contextmanager
def small(server: Server) -> Iterator[None]:
    """What happens needs less than 200 MB more than the server has, and less than a minute."""
    assert server.process
    # Without this an earlier and higher peak would hide this one.
    forget_most_memory(server.process)
    before, began = most_memory(server.process), time.monotonic()
    yield
    assert most_memory(server.process) - before < 200 << 20 and time.monotonic() - began < 60


NOUGHTS = b"0" * (64 << 20)
BOMBS = {
    "an archive": ("records.zip", lambda: archive({f"{number}.txt": NOUGHTS for number in range(4)})),
    "a Word document": ("letter.docx", lambda: archive(DOCX | {f"word/media/{number}.bmp": NOUGHTS for number in range(4)})),
    "an archive in an archive": ("outer.zip", lambda: archive({"inner.zip": archive({"0.txt": NOUGHTS})})),
    "an archive of very many files": ("many.zip", lambda: archive({f"{number:05}": b"" for number in range(6_000)})),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_without_being_unpacked(attacked: Server, hughes: Caller, bomb: str) -> None:
    name, made = BOMBS[bomb]
    content = made()
    with small(attacked):
        answer = kept(hughes, name, content)
    assert answer.status == 422, answer.heading
    assert re.search("must unpack to less|must not hold another archive|must hold no more than|must be a", answer.text)


def test_a_pdf_whose_streams_are_bombs_is_not_unpacked(attacked: Server, hughes: Caller) -> None:
    content = pdf_bomb()
    with small(attacked):
        answer = kept(hughes, "bomb.pdf", content)
    assert answer.status in (303, 422)
    assert hughes.get("/").status == 200


def test_a_body_that_says_it_is_compressed_is_not_unpacked(attacked: Server, hughes: Caller) -> None:
    packed = zlib.compress(b"csrf=" + b"a" * (256 << 20), 9)
    with small(attacked):
        answer = hughes.send("POST", "/advice", packed, {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "deflate"})
    assert answer.status in (403, 415)


NAMES = {
    "../../../etc/cron.d/zq.pdf": "zq.pdf", "..\\\\..\\\\windows\\\\zq.pdf": "zq.pdf", "/etc/zq.pdf": "zq.pdf", "C:\\\\zq.pdf": "zq.pdf",
    "%2e%2e%2fzq.pdf": "%2e%2e%2fzq.pdf", "a\u202efdp.exe.pdf": "afdp.exe.pdf", "<zq>.pdf": "<zq>.pdf", "a;b=c.pdf": "a;b=c.pdf",
    "zq\t\x01\x1b[31m.pdf": "zq[31m.pdf", "=cmd.pdf": "=cmd.pdf", "é\u0301.pdf": "é\u0301.pdf", "zq.pdf.": "zq.pdf.", "..": "file",
    "x" * 300 + ".pdf": "x" * 80 + "…" + "x" * 26 + ".pdf",
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_name_is_a_name_and_nothing_else(attacked: Server, hughes: Caller, name: str) -> None:
    from html import unescape
    from urllib.parse import unquote

    shown = NAMES[name]
    answer = kept(hughes, name, PAPER + name.encode("utf-8"), "application/pdf")
    assert answer.status == 303, (answer.heading, re.findall("error-message.*?</", answer.text))
    named = downloads(hughes, PAPER + name.encode("utf-8"))
    page = hughes.get(f"/cases/{case_of(hughes)}/files")
    assert "<zq>" not in page.text and "\x1b" not in page.text and "\u202e" not in page.text
    assert shown in unescape(re.sub("<[^>]*>", "", page.text))
    assert len(named) == 1
    disposition = named[0].header("Content-Disposition")
    found = re.fullmatch(r"attachment; filename=\"([ !#$&-\[\]-~]*)\"; filename\*=UTF-8''([A-Za-z0-9._~%-]+)", disposition)
    assert found and unquote(found.group(2)) == shown, disposition
    assert named[0].header("Content-Type") == "application/pdf"
    assert not [path for path in attacked.data.rglob("*") if path.suffix == ".pdf"], "no name is a name on the disk"


def test_a_name_cannot_end_its_header_and_begin_another(hughes: Caller) -> None:
    for name in ('zq.pdf"\r\nX-Injected: yes\r\n', 'zq.pdf"; name="csrf', "zq\x00.pdf", 'zq\\".pdf'):
        answer = kept(hughes, name, PAPER, "application/pdf")
        assert not answer.header("X-Injected") and answer.status in (303, 400, 403, 422)
    page = hughes.get(f"/cases/{case_of(hughes)}/files")
    for link in re.findall(r'href="(/cases/\w+/files/[0-9a-z]{26})"', page.text):
        assert not hughes.get(link).header("X-Injected")


@pytest.mark.parametrize(
    ("name", "content"),
    [("letter.pdf", b"<!DOCTYPE html><script>zq()</script>"), ("picture.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='zq()'/>"),
     ("program.pdf", b"MZ" + b"\0" * 200), ("script.jpg", b"#!/bin/sh\necho zq\n"), ("empty.pdf", b"")],
)
def test_a_file_is_what_it_holds_and_not_what_its_name_says(hughes: Caller, name: str, content: bytes) -> None:
    answer = kept(hughes, name, content, "application/pdf")
    if answer.status == 303:  # Text of a kind that is accepted: saved, never shown.
        found = downloads(hughes, content)
        assert found and all(one.header("Content-Type").startswith("text/plain") for one in found)
        assert all(one.header("Content-Disposition").startswith("attachment") for one in found)
    else:
        assert answer.status == 422 and "There is a problem" in answer.text
