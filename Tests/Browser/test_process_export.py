"""Everything is exported in open formats, read as a stranger would read it, and imported into an empty installation."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from harness.bucket import Bucket
from harness.caller import Caller
from harness.command import Command, damages_one, files, rows, rows_of
from harness.databases import PostgreSQLServer, SQLiteFile
from harness.large import LargeTrust, size
from harness.server import ROOT, Server

pytestmark = pytest.mark.thorough

SCHEMAS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "docs/export").glob("*.json")}
KINDS = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items())

# What an installation makes for itself.
OWN = {"migration", "ledger", "master_key_mark", "files_place", "case_summary", "case_search", "file_bytes", "file_chunk"}
# Where what is under the master key differs in one column.
UNDER_MASTER_KEY = {"data_key", "case_head", "account", "account_event"}
# What is not brought along.
PASSING = {"session", "known_device", "sign_in_step", "mailed_link", "setting_up", "security_code"}


@pytest.fixture(scope="module")
def home(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration that has stopped."""
    return Path(shutil.copytree(seeded, tmp_path_factory.mktemp("exported") / "home"))


@pytest.fixture(scope="module")
def export(home: Path) -> Path:
    """Everything of it."""
    folder = home.parent / "export"
    Command(RIGHTSDESK_DATA=str(home)).does("export", "--all", "--into", str(folder))
    return folder


@pytest.fixture
def copy(export: Path, tmp_path: Path) -> Path:
    """An export to change."""
    return Path(shutil.copytree(export, tmp_path / "changed"))


@dataclass(frozen=True)
class Place:
    """Where an installation in the folder `new` has its files."""

    name: str
    settings: dict[str, str]
    # The files that lie there whole.
    files: Callable[[], set[str]]


@pytest.fixture(params=["folder", "SQLite", "PostgreSQL", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    new = tmp_path / "new"
    if request.param == "folder":
        return Place("a folder", {}, lambda: {Path(name).name for name in files(new)})
    if request.param == "bucket":
        bucket: Bucket = request.getfixturevalue("bucket")
        return Place("a bucket", bucket.settings, lambda: bucket.names)
    database = SQLiteFile(new) if request.param == "SQLite" else request.getfixturevalue("postgres").database()
    whole = "SELECT file_id FROM file_bytes WHERE state = 'whole'"
    return Place(
        f"the database of {request.param}", {"RIGHTSDESK_FILES": "database", **database.settings},
        lambda: {file for (file,) in database.rows(whole)},
    )


def documents(export: Path) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (export / "cases").iterdir()}


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def faults(schema: str, value: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[schema], registry=KINDS).iter_errors(value)]


# As a stranger reads it, from docs/export.md alone


def framed(*fields: str) -> bytes:
    return b"".join(len(field.encode()).to_bytes(4, "big") + field.encode() for field in fields)


def checks_history(case: dict[str, Any], root: bytes) -> int:
    """Every link and every sealed fact; returns how many facts there are."""
    opening = case["opening"]
    link = hashlib.sha256(
        bytes.fromhex(opening["after"]) + framed(str(opening["number"]), case["id"], opening["at"])
    ).digest()
    assert link.hex() == opening["hash"]
    cipher = AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"facts").derive(root))
    for fact in case["facts"]:
        context = framed(
            case["id"], str(fact["sequence"]), fact["kind"], fact["recorded"], fact["effective"], fact["actor"]
        )
        sealed = base64.b64decode(fact["sealed"])
        link = hashlib.sha256(link + context + sealed).digest()
        assert link.hex() == fact["hash"]
        assert json.loads(cipher.decrypt(sealed[:12], sealed[12:], context)) == fact["content"]
    return len(case["facts"])


def test_an_export_is_what_its_description_says(home: Path, export: Path, figure: Callable[[str], None]) -> None:
    listed = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=export, capture_output=True, text=True)
    assert listed.returncode == 0, listed.stdout + listed.stderr
    manifest = json.loads((export / "export.json").read_text(encoding="utf-8"))
    assert faults("manifest.schema.json", manifest) == []
    assert manifest["sums"] == hashlib.sha256((export / "SHA256SUMS").read_bytes()).hexdigest()
    keys = {line["id"]: base64.b64decode(line["root"]) for line in lines(export / "secret/keys.jsonl")}
    assert [faults("key.schema.json", line) for line in lines(export / "secret/keys.jsonl") if faults("key.schema.json", line)] == []
    facts, before = 0, bytes(32).hex()
    for case in sorted(documents(export).values(), key=lambda case: case["opening"]["number"]):
        assert faults("case.schema.json", case) == [], case["id"]
        assert case["opening"]["after"] == before
        before = case["opening"]["hash"]
        facts += checks_history(case, keys[case["key"]])
        for file in case["files"]:
            assert hashlib.sha256((export / file["document"]).read_bytes()).hexdigest() == file["sha256"]
    tables = rows(home)
    assert facts == len(tables["fact"]) and len(documents(export)) == len(tables["opening"]) == len(manifest["cases"])
    for path in [*(export / "tables").iterdir(), export / "secret/account.jsonl"]:
        assert [line for line in lines(path) if faults("row.schema.json", line)] == [], path.name
    # Every table is taken out, or is one of those that are said not to be.
    taken = {path.stem for path in (export / "tables").iterdir()}
    assert tables.keys() - taken - PASSING - {"opening", "case_head", "fact", "data_key"} <= OWN
    figure(f"exported: {len(tables['opening'])} cases, {facts} facts and {len(list((export / 'files').iterdir()))} files, all as described")


def test_nothing_secret_and_no_name_is_where_it_should_not_be(home: Path, export: Path) -> None:
    assert all(path.stat().st_mode & 0o077 == 0 for path in [export, *export.rglob("*")])
    master = (home / "keys/master.key").read_text(encoding="ascii").strip()
    open_text = ""
    for path in export.rglob("*"):
        if path.is_file() and "files" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert master not in text, path
            if "secret" not in path.parts:
                open_text += text
    for secret in lines(export / "secret/account.jsonl"):
        for column in ("password", "phone"):
            assert not secret[column] or secret[column] not in open_text, column
    for name in (path.name for path in export.rglob("*")):
        assert re.fullmatch(r"[0-9a-z]{26}\.[a-z0-9]+|[a-z_]+(\.jsonl?)?|SHA256SUMS", name), name


def test_everything_is_the_same_wherever_it_was_imported_to(
    home: Path, export: Path, place: Place, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    new = tmp_path / "new"
    command = Command(RIGHTSDESK_DATA=str(new), **place.settings)
    command.does("import", str(export))
    assert "nothing changed" in command.does("verify", "--files")
    assert place.files() == {Path(name).name for name in files(home)}
    assert bool(files(new)) == (place.name == "a folder")
    if (new / "rightsdesk.sqlite").exists():
        here = rows(new)
    else:
        command.does("copy", "--to-folder", str(tmp_path / "on SQLite"))
        here = rows(tmp_path / "on SQLite")
    there = rows(home)
    assert there.keys() == here.keys()
    for table in there.keys() - OWN - UNDER_MASTER_KEY:
        assert here[table] == ([] if table in PASSING else there[table]), table
    for table in UNDER_MASTER_KEY:
        assert len(here[table]) == len(there[table]), table
    for table in ("case_summary", "case_search"):
        assert here[table] == there[table], table
    assert (new / "keys/master.key").read_bytes() != (home / "keys/master.key").read_bytes()
    # Exported once more it is the same, but for the line that says so.
    again = tmp_path / "again"
    command.does("export", "--all", "--into", str(again))
    first, second = documents(export), documents(again)
    for case in second.values():
        assert case["rows"]["access"].pop()["what"] == "exported"
    assert first == second
    for part in ("files", "secret", "tables"):
        for path in (export / part).iterdir():
            if path.name != "account_event.jsonl":
                assert (again / part / path.name).read_bytes() == path.read_bytes(), path.name
    count = sum(map(len, here.values()))
    figure(f"imported, with files in {place.name}: {count} rows and {len(place.files())} files, all equal to those exported")


def test_how_long_and_how_large_the_export_of_a_large_trust_is(
    large: LargeTrust, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """On made-up data, or on a folder that `Benchmarks seed` filled."""
    export, new = tmp_path / "export", tmp_path / "new"
    there, here = Command(RIGHTSDESK_DATA=str(large.data)), Command(RIGHTSDESK_DATA=str(new))
    figure(
        f"export of {large.cases} cases, {large.facts} facts, {size(large.database)} of database, {large.files} files, "
        f"{size(large.data / 'vault')} of them:"
    )
    for name, command, words, place in (
        ("exported", there, ("export", "--all", "--into", str(export)), export),
        ("imported", here, ("import", str(export)), new),
        ("every fact and file verified", here, ("verify", "--files"), new),
    ):
        began = time.monotonic()
        command.does(*words)
        figure(f"  {name}: {time.monotonic() - began:.1f} s, {size(place)}")
    figure(f"  of the export: {size(export / 'cases')} of cases, {size(export / 'files')} of files")
    assert large.has_the_facts_of(new)


def test_people_sign_in_as_before_where_everything_was_imported(
    home: Path, export: Path, postgres: PostgreSQLServer, tmp_path: Path
) -> None:
    database = postgres.database()
    data = tmp_path / "served/data"
    Command(RIGHTSDESK_DATA=str(data), **database.settings).does("import", str(export))
    assert len(rows_of(database)["fact"]) == len(rows(home)["fact"])
    shutil.copy(home / "demo-people.json", data)
    server = Server(tmp_path / "served", database.settings, is_demo=False)
    server.start()
    try:
        caller = Caller(server.portal)
        caller.signs_in(server.requesters[0])
        assert server.requesters[0].email in caller.opens("/").text
    finally:
        server.stop()
    assert "nothing changed" in Command(RIGHTSDESK_DATA=str(data), **database.settings).does("verify", "--files")


def test_one_case_is_exported_and_imported_alone(home: Path, tmp_path: Path) -> None:
    command = Command(RIGHTSDESK_DATA=str(home))
    wanted = json.loads((home.parent / "export/export.json").read_text(encoding="utf-8"))["cases"][3]
    one, new = tmp_path / "one", tmp_path / "new"
    command.does("export", "--case", wanted["reference"], "--into", str(one))
    [case] = documents(one).values()
    assert case["reference"] == wanted["reference"]
    [key] = lines(one / "secret/keys.jsonl")
    assert checks_history(case, base64.b64decode(key["root"])) > 1
    assert not list((one / "tables").iterdir()) and not (one / "secret/account.jsonl").exists()
    Command(RIGHTSDESK_DATA=str(new)).does("import", str(one))
    assert "Verified: 1 cases" in Command(RIGHTSDESK_DATA=str(new)).does("verify", "--files")
    unknown = command.runs("export", "--case", "SAR-1999-000001", "--into", str(tmp_path / "none"))
    assert unknown.returncode == 66 and not (tmp_path / "none").exists()


def test_a_file_that_was_missing_is_said_to_be_and_the_rest_is_brought_along(home: Path, tmp_path: Path) -> None:
    poorer, export, new = (tmp_path / name for name in ("poorer", "export", "new"))
    shutil.copytree(home, poorer)
    lost = next(path for path in (poorer / "vault").glob("??/*") if path.is_file())
    lost.unlink()
    done = Command(RIGHTSDESK_DATA=str(poorer)).runs("export", "--all", "--into", str(export))
    assert done.returncode == 2 and "1 files were not there" in done.stderr, done.stderr
    assert json.loads((export / "export.json").read_text(encoding="utf-8"))["missing"] == [lost.name]
    command = Command(RIGHTSDESK_DATA=str(new))
    brought = command.runs("import", str(export))
    assert brought.returncode == 0 and "1 files were missing" in brought.stderr, brought.stderr
    assert files(new).keys() == files(poorer).keys()
    verified = command.runs("verify", "--files")
    assert verified.returncode == 65 and f"file {lost.name}: missing" in verified.stdout


def test_a_damaged_file_is_left_out_and_named_and_the_rest_is_brought_along(home: Path, tmp_path: Path) -> None:
    poorer, export, new = (tmp_path / name for name in ("poorer", "export", "new"))
    shutil.copytree(home, poorer)
    damaged = damages_one(poorer)
    done = Command(RIGHTSDESK_DATA=str(poorer)).runs("export", "--all", "--into", str(export))
    assert done.returncode == 2 and "0 files were not there, and 1 are damaged" in done.stderr, done.stderr
    manifest = json.loads((export / "export.json").read_text(encoding="utf-8"))
    assert manifest["altered"] == [damaged] and manifest["missing"] == []
    assert faults("manifest.schema.json", manifest) == []
    assert not list((export / "files").glob(f"{damaged}*"))
    command = Command(RIGHTSDESK_DATA=str(new))
    command.does("import", str(export))
    verified = command.runs("verify", "--files")
    assert verified.returncode == 65 and f"file {damaged}: missing" in verified.stdout


def test_an_import_that_is_killed_keeps_nothing_and_is_begun_again(
    export: Path, postgres: PostgreSQLServer, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    database = postgres.database()
    commands = [
        Command(RIGHTSDESK_DATA=str(tmp_path / "sqlite")),
        Command(RIGHTSDESK_DATA=str(tmp_path / "postgresql"), **database.settings),
    ]
    moments = ["reading", "sealing", "keeping"]
    for command in commands:
        for at in moments:
            assert command.is_killed("import", str(export), at=at), at
            assert "Verified: 0 cases, 0 facts" in command.does("verify"), at
        command.does("import", str(export))
        assert "nothing changed" in command.does("verify", "--files")
        # And is not taken for one more.
        again = command.runs("import", str(export))
        assert again.returncode == 65 and "holds something" in again.stderr
    figure(f"imports killed: {len(commands) * len(moments)}, nothing kept of any")


def spoil(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def truncated(path: Path) -> None:
    """A gigabyte in one line, which takes no room on the disk."""
    with path.open("wb") as file:
        os.truncate(file.fileno(), 1 << 30)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda copy: spoil(copy / "SHA256SUMS", lambda text: text.replace(b"  files/", b"  ../../", 1)), "no file of the name"),
        (lambda copy: truncated(copy / "SHA256SUMS"), "line longer"),
        (lambda copy: truncated(copy / "export.json"), "longer than any export"),
        (lambda copy: truncated(copy / "tables/staff.jsonl"), "differs"),
        (lambda copy: spoil(next((copy / "files").iterdir()), lambda text: text + b"!"), "differs"),
        (lambda copy: spoil(copy / "export.json", lambda text: text.replace(b'"version" : 1', b'"version" : 9')), "version 9"),
        (lambda copy: (copy / "cases/passwd").symlink_to("/etc/passwd"), "does not name it"),
        (lambda copy: ((copy / "export.json").unlink(), os.mkfifo(copy / "export.json")), "plain file"),
        (lambda copy: shutil.rmtree(copy / "secret"), "not there"),
    ],
)
def test_a_folder_that_is_not_what_was_exported_is_refused(
    copy: Path, tmp_path: Path, change: Callable[[Path], Any], words: str
) -> None:
    change(copy)
    command = Command(RIGHTSDESK_DATA=str(tmp_path / "new"))
    refused = command.runs("import", str(copy))
    assert refused.returncode == 65 and words in refused.stderr, refused.stderr
    assert "nothing of it was kept" in refused.stderr
    assert "Verified: 0 cases" in command.does("verify", "--files")
