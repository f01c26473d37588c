"""The examples of deploy/ agree with each other and with what docs/configuring.md tells to set."""

import re
import shutil
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
SECRETS = "secret:/etc/rightsdesk/secrets"
# Of 100. With no more than the usual lines a unit is at 85.
MOST_EXPOSURE = 20


def values(unit: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


class Secrets(unittest.TestCase):
    def test_every_unit_is_handed_the_same_settings_and_secrets(self) -> None:
        self.assertEqual(len(UNITS), 4)
        for unit in UNITS:
            self.assertEqual(values(unit, "LoadCredential"), [SECRETS], unit.name)
            self.assertEqual(values(unit, "EnvironmentFile"), ["/etc/rightsdesk/settings"], unit.name)

    def test_the_examples_name_secrets_as_units_hand_them_over(self) -> None:
        text = (ROOT / "docs/configuring.md").read_text(encoding="utf-8")
        examples = "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
        named = dict(re.findall(r"^(RIGHTSDESK_\w+_FILE)=(.*)$", examples, re.MULTILINE))
        self.assertIn("RIGHTSDESK_SMTP_PASSWORD_FILE", named)
        self.assertIn("RIGHTSDESK_DATABASE_FILE", named)
        for name, value in named.items():
            self.assertRegex(value, "^secret_[a-z_-]+$", name)

    def test_no_example_names_the_folder_of_one_unit(self) -> None:
        for path in (*DEPLOY.iterdir(), *(ROOT / "docs").rglob("*.md")):
            self.assertFalse("/run/credentials" in path.read_text(encoding="utf-8"), path.name)

    def test_a_command_is_run_as_the_service_is(self) -> None:
        script = (DEPLOY / "rightsdesk-command").read_text(encoding="utf-8")
        service = DEPLOY / "rightsdesk.service"
        for name in ("Environment", "LoadCredential", "User", "StateDirectory", "StateDirectoryMode", "UMask"):
            self.assertEqual(re.findall(rf"--property={name}=(\S+)", script), values(service, name), name)
        self.assertIn("/etc/rightsdesk/settings", script)
        self.assertEqual(subprocess.run(["sh", "-n", DEPLOY / "rightsdesk-command"], check=False).returncode, 0)


class Hardening(unittest.TestCase):
    def test_no_unit_may_do_more_than_the_others(self) -> None:
        def lines(unit: Path) -> set[str]:
            text = unit.read_text(encoding="utf-8")
            hardening = text[text.index("# It needs its folder") :].split("[Install]")[0]
            return {line for line in hardening.splitlines() if "=" in line and not line.startswith("#")}

        for unit in UNITS:
            # A unit without privileges has none to hand on.
            self.assertEqual(lines(unit) | {"AmbientCapabilities="}, lines(DEPLOY / "rightsdesk.service"), unit.name)

    def test_systemd_finds_every_unit_little_exposed(self) -> None:
        if not shutil.which("systemd-analyze"):
            self.skipTest("systemd-analyze is not on this machine")
        for unit in UNITS:
            found = subprocess.run(
                ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSURE}", unit],
                capture_output=True, text=True, check=False,
            )
            self.assertEqual(found.returncode, 0, f"{unit.name}: {found.stdout[-200:]}{found.stderr}")


class Proxies(unittest.TestCase):
    """test_process_proxies.py runs the first of the two; what it shows of TLS must hold for both."""

    def servers(self, name: str) -> list[str]:
        text = re.sub(r"^\s*#.*$", "", (DEPLOY / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
        return re.findall(r"^server \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)

    def test_every_site_is_served_with_the_same_tls(self) -> None:
        found = {
            tuple(sorted(re.findall(r"ssl_(?:protocols|ciphers|session_tickets) [^;]+;", server)))
            for name in ("nginx.conf", "nginx-trusts.conf")
            for server in self.servers(name)
            if "ssl_certificate" in server
        }
        self.assertEqual(len(found), 1)
        self.assertEqual(len(found.pop()), 3)

    def test_every_name_is_led_to_tls(self) -> None:
        def names(server: str) -> set[str]:
            return {name for line in re.findall(r"server_name ([^;]+);", server) for name in line.split()}

        for name in ("nginx.conf", "nginx-trusts.conf"):
            servers = self.servers(name)
            redirected = set().union(*(names(one) for one in servers if "return 301 https://$host$request_uri;" in one))
            served = set().union(*(names(one) for one in servers if "ssl_certificate" in one))
            self.assertEqual(redirected, served, name)


if __name__ == "__main__":
    unittest.main()
