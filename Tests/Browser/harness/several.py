"""One process that serves several trusts, and people who ask for one of them by its name."""

import http.client
import os
import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .authenticator import Authenticator
from .caller import Answer, Caller
from .certificates import Authority
from .command import begun
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


class NamedConnection(http.client.HTTPConnection):
    """A connection with TLS to a loopback port, which asks for a certificate of a name that leads elsewhere."""

    def __init__(self, port: int, named: str, authority: Authority) -> None:
        super().__init__("127.0.0.1", port, timeout=30)
        self._named = named
        self._tls = authority.trusted()

    def connect(self) -> None:
        super().connect()
        self.sock: ssl.SSLSocket = self._tls.wrap_socket(self.sock, server_hostname=self._named)


class SecureVisitor(Visitor):
    """Somebody whose browser speaks TLS with the program itself. `named` is the name asked for in the handshake."""

    def __init__(self, site: str, host: str, authority: Authority, named: str = "") -> None:
        super().__init__(site, host)
        self.named = named or host
        self._authority = authority

    def connects(self) -> NamedConnection:
        return NamedConnection(int(self.site.rsplit(":", 1)[1]), self.named, self._authority)

    def is_shown(self) -> dict[str, object]:
        """The certificate, as the handshake shows it and after the name in it was checked."""
        connection = self.connects()
        connection.connect()
        try:
            return connection.sock.getpeercert()
        finally:
            connection.close()


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
        return begun(self._environment, *words)

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


class SecureTrusts(SeveralTrusts):
    """The same without a proxy: one certificate for all portals and one for all desks, each with all their names."""

    def __init__(self, folder: Path, trusts: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(folder, trusts)
        self.authority = Authority()
        self.authority_file = folder / "authority.pem"
        self.authority.write(self.authority_file)
        for site, prefix, host in (("portal", "", portal_host), ("desk", "DESK_", desk_host)):
            (folder / site).mkdir()
            chain, key = self.authority.issue(folder / site, tuple(map(host, trusts)))
            self.set({f"RIGHTSDESK_{prefix}TLS_CERTIFICATE": str(chain), f"RIGHTSDESK_{prefix}TLS_KEY": str(key)})
        self.portal = self.portal.replace("http:", "https:")
        self.desk = self.desk.replace("http:", "https:")

    def at_portal(self, code: str, named: str = "") -> SecureVisitor:
        return SecureVisitor(self.portal, portal_host(code), self.authority, named)

    def at_desk(self, code: str, named: str = "") -> SecureVisitor:
        return SecureVisitor(self.desk, desk_host(code), self.authority, named)


def portal_host(code: str) -> str:
    return f"records.{code}.example"


def desk_host(code: str) -> str:
    return f"desk.{code}.example"
