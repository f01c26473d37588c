"""One process that serves several trusts, and people who ask for one of them by its name."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .authenticator import Authenticator
from .caller import Answer, Caller
from .server import ROOT, Server, answers, binary

PASSWORD = "saddle velvet quickly 58"


class Visitor(Caller):
    """Somebody whose proxy passes on the name that they typed."""

    def __init__(self, site: str, host: str) -> None:
        super().__init__(site)
        self.host = host

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, *, origin: str | None = ""
    ) -> Answer:
        here = f"https://{self.host}" if origin == "" else origin
        return super().send(method, path, body, {"Host": self.host, **(headers or {})}, origin=here)

    def sets_up(self, link: str) -> Authenticator:
        """Follows a one-time link to the desk, chooses a password and an authenticator app."""
        path = link.removeprefix(f"https://{self.host}")
        self.fills(path, {"password": PASSWORD, "confirm": PASSWORD, "factor": "app"}, action=path)
        key = self.get(path).text.split("enter this one: <strong>")[1].split("<")[0]
        app = Authenticator(key)
        done = self.fills(path, {"code": app.code()}, action=f"{path}/code")
        assert "Your account is ready" in self.get(done.location).text, f"{done.status}: {done.heading}"
        return app

    def signs_in_with_app(self, email: str, app: Authenticator) -> None:
        asked = self.fills("/sign-in", {"email": email, "password": PASSWORD}, action="/sign-in")
        answer = self.fills(asked.location, {"code": app.code()}, action="/sign-in/code")
        assert answer.status == 303, f"not signed in: {answer.heading}"


class SeveralTrusts(Server):
    """`rightsdesk serve` with a file of settings a trust, behind one portal's port and one desk's."""

    def __init__(self, folder: Path, trusts: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(folder, is_demo=False)
        self.folder = folder / "trusts"
        self.folder.mkdir(parents=True)
        self._environment = {name: value for name, value in self._environment.items() if name != "RIGHTSDESK_DATA"}
        self._environment["RIGHTSDESK_TRUSTS"] = str(self.folder)
        for code, settings in trusts.items():
            values = {
                "RIGHTSDESK_DATA": str(folder / code),
                "RIGHTSDESK_POLICY": "poole-2017",
                "RIGHTSDESK_PORTAL_ADDRESS": f"https://{portal_host(code)}",
                "RIGHTSDESK_DESK_ADDRESS": f"https://{desk_host(code)}",
                "RIGHTSDESK_TRUST_NAME": f"{code.capitalize()} Hospitals",
                "RIGHTSDESK_CONTACT_DEPARTMENT": f"Records of {code.capitalize()}",
                "RIGHTSDESK_CONTACT_EMAIL": f"records@{code}.example.org",
                "RIGHTSDESK_CONTACT_TELEPHONE": "01632 960 002",
                "RIGHTSDESK_SENDER": f"no-reply@{code}.example.org",
                **settings,
            }
            lines = [f"{name}={value}\n" for name, value in values.items()]
            (self.folder / f"{code}.env").write_text("".join(lines), encoding="utf-8")

    def runs(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One of the program's commands, with the settings of the server."""
        return subprocess.run(
            [binary(), *words], cwd=ROOT, env=self._environment, capture_output=True, text=True, timeout=120, check=False
        )

    def begins(self, *words: str) -> subprocess.Popen[str]:
        """The same without waiting for its end."""
        return subprocess.Popen(
            [binary(), *words], cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )

    def at_portal(self, code: str) -> Visitor:
        return Visitor(self.portal, portal_host(code))

    def at_desk(self, code: str) -> Visitor:
        return Visitor(self.desk, desk_host(code))

    def is_ready(self, code: str) -> bool:
        return answers(f"{self.watch}/health/live") and Caller(self.watch).get(f"/health/ready/{code}").status == 200

    @property
    def memory(self) -> int:
        """Bytes that are in use."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) * 1024

    @property
    def threads(self) -> int:
        return len(os.listdir(f"/proc/{self.pid}/task"))


def portal_host(code: str) -> str:
    return f"records.{code}.example"


def desk_host(code: str) -> str:
    return f"desk.{code}.example"
