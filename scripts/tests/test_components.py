"""The bill of materials names everything that a build is made of."""

import importlib.machinery
import importlib.util
import json
import re
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
loader = importlib.machinery.SourceFileLoader("components", str(ROOT / "scripts/components"))
components = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
loader.exec_module(components)


class Components(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.build = Path(folder.name)
        ours = re.findall(r'url: "(https://[^"]+)", exact: "([^"]+)"', (ROOT / "Package.swift").read_text(encoding="utf-8"))
        self.assertGreater(len(ours), 5)
        self.direct = dict(ours)
        resolved = [*ours, ("https://example.org/somebody/further.git", "0.1.0")]
        state = [
            {
                "packageRef": {"identity": Path(url).stem.lower(), "location": url}, "subpath": Path(url).stem,
                "state": {"checkoutState": {"revision": "abc", "version": version}},
            }
            for url, version in resolved
        ]
        (self.build / "workspace-state.json").write_text(json.dumps({"object": {"dependencies": state}}), encoding="utf-8")
        licence = self.build / "checkouts/further/LICENSE.txt"
        licence.parent.mkdir(parents=True)
        licence.write_text("Apache License\nVersion 2.0", encoding="utf-8")

    def test_each_package_of_the_manifest_and_those_behind_them_are_named_with_version_and_licence(self) -> None:
        bill = components.bill(self.build)
        purls = {one["purl"] for one in bill["components"]}
        for url, version in self.direct.items():
            self.assertIn(f"pkg:swift/{url.removeprefix('https://').removesuffix('.git')}@{version}", purls)
        further = next(one for one in bill["components"] if one["name"] == "further")
        self.assertEqual(further["licenses"], [{"license": {"id": "Apache-2.0"}}])
        self.assertEqual(len(purls), len(bill["components"]))

    def test_what_only_tests_use_is_no_part_of_the_product(self) -> None:
        scopes = {one["name"]: one["scope"] for one in components.bill(self.build)["components"]}
        self.assertEqual(scopes["pytest"], "excluded")
        self.assertEqual(scopes["nhsuk-frontend"], "required")
        self.assertTrue(all(re.search(r"\d", one["version"]) for one in components.bill(self.build)["components"]))


if __name__ == "__main__":
    unittest.main()
