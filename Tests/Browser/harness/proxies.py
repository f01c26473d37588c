"""The examples for proxies in deploy/, with the product as a trust serves it behind each."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from .certificates import Authority
from .server import ROOT, Server, free_pair_of_ports
from .wire import Wire

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CADDY = os.environ.get("RIGHTSDESK_TEST_CADDY") or shutil.which("caddy") or "caddy"
PORTAL, DESK = "records.example.org", "records-desk.example.org"
# Where visitors come from: another address than the proxy's own, so that it is seen whose the program takes.
VISITOR = "127.0.0.2"
PATIENCE = 20  # seconds for a proxy to begin, or to have read its settings again


class Proxy(ABC):
    """An example as it stands, but for its ports, the places of its files and the desk's network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.plain = free_pair_of_ports(), free_pair_of_ports()
        self.server = Server(
            folder,
            {
                "RIGHTSDESK_PORTAL_ADDRESS": f"https://{PORTAL}",
                "RIGHTSDESK_DESK_ADDRESS": f"https://{DESK}",
                "RIGHTSDESK_PROXIES": "127.0.0.1",
            },
            is_demo=False,
        )
        self.authority = folder / "authority.pem"
        # Where it writes who asked for what, if the example lets it.
        self.access_log = folder / "access.log"
        self.without_tls = Wire(f"http://127.0.0.1:{self.plain}", PORTAL)
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def writes_settings(self, desk_network: str) -> None: ...

    @abstractmethod
    def command(self, *options: str) -> list[str]: ...

    @abstractmethod
    def reads_settings(self) -> None:
        """Again, while it runs."""

    @property
    def wire(self) -> Wire:
        return Wire(f"https://127.0.0.1:{self.port}", PORTAL, self.authority)

    def __enter__(self) -> "Proxy":
        try:
            self.writes_settings("10.0.0.0/8")
            self.server.start()
            self.begins()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def begins(self) -> None:
        with self.access_log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), env={**os.environ, "HOME": str(self.folder)}, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=log,
            )
        self._waits(self._answers, "the proxy does not answer")

    def _answers(self) -> bool:
        try:
            self.connects().close()
            self.connects(DESK).close()
            return True
        except OSError:
            return False

    def _waits(self, look: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not look():
            assert time.monotonic() < deadline, otherwise
            time.sleep(0.05)

    def lets_in(self, desk_network: str) -> None:
        """Reads the settings again, with another network for the desk."""
        self.writes_settings(desk_network)
        self.reads_settings()
        self._waits(lambda: self.asks("GET", "/sign-in", host=DESK)[0].status == 200, "the desk stays closed")

    def processes(self) -> set[int]:
        """The proxy's own, and those that it has begun."""
        own = self._process.pid
        begun = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii")
        return {own, *map(int, begun.split())}

    def keeps(self) -> int:
        """Bytes in the files that it has open and that are no logs: one that it has unlinked already counts as well."""
        found = 0
        for process in self.processes():
            for opened in Path(f"/proc/{process}/fd").iterdir():
                try:
                    name = os.readlink(opened)
                    if name.startswith(str(self.folder)) and not name.endswith(".log"):
                        found += opened.stat().st_size
                except FileNotFoundError:
                    pass  # Closed meanwhile.
        return found

    def ends(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._process = None

    def stop(self) -> None:
        self.ends()
        self.server.stop()

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority)

    def connects(self, host: str = PORTAL) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30, source_address=(VISITOR, 0))
        return self.trusted().wrap_socket(plain, server_hostname=host)

    def asks(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: object = None, host: str = PORTAL
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.sock = self.connects(host)
        try:
            connection.request(method, path, body, headers or {})
        except OSError:
            pass  # Refused before all was sent; what it answered is read below.
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer, read


class Nginx(Proxy):
    """It also lets nobody have `/health/live`, so that whoever gets that has passed it unseen."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        authority = Authority()
        authority.write(self.authority)
        for name in ("records", "desk"):
            (folder / name).mkdir()
        self._chains = [authority.issue(folder / name, (host,)) for name, host in (("records", PORTAL), ("desk", DESK))]

    def writes_settings(self, desk_network: str) -> None:
        folder, chains = self.folder, self._chains
        example = changed(
            "nginx.conf",
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"), ("    listen [::]:80;\n", ""),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"), ("    listen [::]:443 ssl http2;\n", ""),
            ("/etc/ssl/rightsdesk/records.pem", str(chains[0][0])), ("/etc/ssl/rightsdesk/records.key", str(chains[0][1])),
            ("/etc/ssl/rightsdesk/desk.pem", str(chains[1][0])), ("/etc/ssl/rightsdesk/desk.key", str(chains[1][1])),
            ("/etc/nginx/rightsdesk-proxy.conf", str(ROOT / "deploy/nginx-proxy.conf")),
            ("http://127.0.0.1:8080", self.server.portal), ("http://127.0.0.1:8081", self.server.desk),
            ("10.0.0.0/8", desk_network),
            ("    location / {", "    location = /health/live { return 404; }\n    location / {"),
        )
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # Otherwise its workers could not keep a body in the folder, and that they keep none would prove nothing.
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
            f"http {{\naccess_log {self.access_log};\n{temporary}{example}\n}}\n",
            encoding="utf-8",
        )
        tested = subprocess.run(self.command("-t"), capture_output=True, text=True, check=False)
        assert tested.returncode == 0 and "warn" not in tested.stderr, tested.stderr

    def command(self, *options: str) -> list[str]:
        return [NGINX, *options, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]

    def reads_settings(self) -> None:
        before = self.processes() - {self._process.pid}
        subprocess.run(self.command("-s", "reload"), check=True, capture_output=True)
        # For a while those with the old settings answer as well.
        self._waits(lambda: not before & self.processes(), "the old settings are still used")


class Caddy(Proxy):
    """With certificates of its own authority, as nobody but the public's can have for these names."""

    def writes_settings(self, desk_network: str) -> None:
        self.authority = self.folder / "storage/pki/authorities/local/root.crt"
        example = changed(
            "Caddyfile", ("127.0.0.1:8080", self.server.portal.removeprefix("http://")),
            ("127.0.0.1:8081", self.server.desk.removeprefix("http://")), ("10.0.0.0/8", desk_network),
        )
        (self.folder / "Caddyfile").write_text(
            f"{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {self.plain}\n\thttps_port {self.port}\n\tlocal_certs\n"
            f"\tskip_install_trust\n\tstorage file_system {self.folder}/storage\n}}\n{example}",
            encoding="utf-8",
        )

    def command(self, *options: str) -> list[str]:
        return [CADDY, "run", "--config", str(self.folder / "Caddyfile")]

    def reads_settings(self) -> None:
        # It is asked through a port of its own, which the test leaves closed.
        self.ends()
        self.begins()


def changed(example: str, *changes: tuple[str, str]) -> str:
    text = (ROOT / "deploy" / example).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"the example has no {old} any more"
        text = text.replace(old, new)
    return text
