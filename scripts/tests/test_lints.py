"""The lints must fail when the thing they guard is broken."""

import importlib.machinery
import importlib.util
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent


def load(name: str):
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(SCRIPTS / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    # Dataclasses look their own module up by its name.
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


imports = load("lint-imports")
house = load("lint-house")
requirements = load("lint-requirements")

MANIFEST = """// swift-tools-version: 6.1
import PackageDescription
let package = Package(name: "sample", targets: [
    .target(name: "Rights"),
    .target(name: "Store", dependencies: ["Rights"]),
    .target(name: "Casework", dependencies: ["Rights", "Store"]),
    .target(name: "Portal", dependencies: ["Casework"%s]),
    .target(name: "Desk", dependencies: ["Casework"]),
])
"""


class LintImports(unittest.TestCase):
    def run_on(self, files: dict[str, str], portal_also: str = "") -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as folder:
            everything = {f"Sources/{name}/Names.swift": "" for name in ("Rights", "Store", "Casework", "Portal", "Desk")}
            for path, text in {**everything, "Package.swift": MANIFEST % portal_also, **files}.items():
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            return subprocess.run([SCRIPTS / "lint-imports", folder], capture_output=True, text=True, check=False)

    def assert_fault(self, run: subprocess.CompletedProcess[str], text: str) -> None:
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertIn(text, run.stdout)

    def test_a_declared_import_passes(self) -> None:
        run = self.run_on({"Sources/Casework/A.swift": "import Foundation\nimport Store\n"})
        self.assertEqual((run.returncode, run.stdout), (0, ""), run.stderr)

    def test_an_undeclared_import_is_located(self) -> None:
        run = self.run_on({"Sources/Portal/A.swift": "import Casework\n@preconcurrency import Desk\n"})
        self.assert_fault(run, "Sources/Portal/A.swift:2: Desk is not among")

    def test_rights_imports_not_even_foundation(self) -> None:
        self.assert_fault(self.run_on({"Sources/Rights/A.swift": "import Foundation\n"}), "imports nothing")

    def test_portal_may_not_declare_desk(self) -> None:
        self.assert_fault(self.run_on({}, portal_also=', "Desk"'), "Portal must not depend on Desk")

    def test_tests_of_the_compiler_are_not_for_the_product(self) -> None:
        self.assert_fault(self.run_on({"Sources/Store/A.swift": "import Testing\n"}), "Testing is not among")

    def test_each_form_of_import_is_read(self) -> None:
        source = "@testable import A\npackage import B\nimport struct C.D\n// import E\n/* import F\n*/ import G; import H\n"
        self.assertEqual(imports.read_imports(source), [(1, "A"), (2, "B"), (3, "C"), (6, "G"), (6, "H")])


class LintHouse(unittest.TestCase):
    def assert_fault(self, path: str, line: str) -> None:
        self.assertEqual(len(house.file_faults(path, line)), 1, f"{path}: {line}")

    def test_each_rule_sees_its_fault(self) -> None:
        self.assert_fault("Sources/Web/A.swift", '<p style="color: red">')
        self.assert_fault("Sources/Web/A.swift", '<a onclick="f()">')
        self.assert_fault("Sources/Web/A.swift", "<script>go()</script>")
        self.assert_fault("Sources/Store/A.swift", "    public func keep() {}")
        self.assert_fault("Sources/Store/A.swift", "struct CaseManager {}")
        self.assert_fault("docs/a.md", "TO" + "DO: later")
        self.assert_fault("README.md", "see /" + "home/someone/files")
        self.assert_fault("Makefile", "curl https://" + "pypi" + ".org/simple")
        self.assert_fault("Sources/Jobs/A.swift", "let child = Process()")
        self.assert_fault("Sources/Casework/A.swift", "let now = Date()")
        self.assert_fault("Tests/StoreTests/A.swift", '@Test(.disabled("slow"))')

    def test_a_long_file_is_a_fault(self) -> None:
        self.assert_fault("Sources/Store/A.swift", "let a = 1\n" * (house.LONGEST_SWIFT_FILE + 1))

    def test_what_is_allowed_passes(self) -> None:
        for path, line in {
            "Sources/Web/A.swift": '<script src="/assets/app.js" type="module"></script>',
            "Sources/Documents/Cage.swift": "let child = Process()",
            "Sources/rightsdesk/Serve.swift": "Surroundings(now: { Moment(Date()) })",
            "Tests/StoreTests/A.swift": '@Test("a case is kept")',
        }.items():
            self.assertEqual(house.file_faults(path, line), [], line)

    def test_build_output_is_never_kept(self) -> None:
        for path in ("Package.resolved", ".build/x", "assets/a.css", "x/__pycache__/a.pyc", "data/rightsdesk.sqlite"):
            self.assertTrue(house.NEVER_KEPT.search(path), path)
        self.assertFalse(house.NEVER_KEPT.search("Sources/Web/Assets/app.css"))


class LintRequirements(unittest.TestCase):
    complete = "\n".join(f"| {name} | what | not yet | |" for name in requirements.EXPECTED)

    def faults(self, document: str) -> list[str]:
        return requirements.faults(document, SCRIPTS.parent)

    def test_the_whole_checklist_passes(self) -> None:
        self.assertEqual(self.faults(self.complete), [])

    def test_a_missing_row_and_a_row_twice_are_named(self) -> None:
        document = self.complete.replace("| C-40 |", "| C-39 |")
        self.assertEqual(self.faults(document), ["C-40 is missing", "C-39 is there 2 times"])

    def test_done_needs_something_that_shows_it(self) -> None:
        document = self.complete.replace("| S1-01 | what | not yet | |", "| S1-01 | what | done | |")
        self.assertEqual(len(self.faults(document)), 1)

    def test_what_shows_it_must_exist(self) -> None:
        document = self.complete.replace("| S1-01 | what | not yet | |", "| S1-01 | what | done | `Tests/Nowhere.swift` |")
        self.assertEqual(len(self.faults(document)), 1)


if __name__ == "__main__":
    unittest.main()
