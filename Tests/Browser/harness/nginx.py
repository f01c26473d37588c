"""nginx by the example in deploy/, with the product as a trust serves it behind it."""

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .certificates import Authority
from .server import ROOT, Server, free_pair_of_ports
from .wire import Wire

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PORTAL, DESK = "records.example.org", "records-desk.example.org"
PATIENCE = 20  # seconds for nginx to begin, or to have read its settings again


class Nginx:
    """`deploy/nginx.conf` as it stands, but for its ports, the places of its files, the desk's network, and that it lets
    nobody have `/health/live`, so that whoever gets that has passed it unseen."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority()
        for name in ("records", "desk"):
            (folder / name).mkdir()
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
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.authority.write(folder / "authority.pem")
        self.wire = Wire(f"https://127.0.0.1:{self.port}", PORTAL, folder / "authority.pem")
        self.without_tls = Wire(f"http://127.0.0.1:{self.plain}", PORTAL)

    def __enter__(self) -> "Nginx":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def settings(self, *, desk_network: str = "10.0.0.0/8") -> None:
        def changed(text: str, *changes: tuple[str, str]) -> str:
            for old, new in changes:
                assert old in text, f"the example has no {old} any more"
                text = text.replace(old, new)
            return text

        folder = self.folder
        chains = [self.authority.issue(folder / name, (host,)) for name, host in (("records", PORTAL), ("desk", DESK))]
        example = changed(
            (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8"),
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
        (folder / "nginx.conf").write_text(
            f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{temporary}{example}\n}}\n",
            encoding="utf-8",
        )

    def nginx(self, *options: str) -> list[str]:
        return [NGINX, *options, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]

    def start(self) -> None:
        self.settings()
        self.server.start()
        tested = subprocess.run(self.nginx("-t"), capture_output=True, text=True, check=False)
        assert tested.returncode == 0 and "warn" not in tested.stderr, tested.stderr
        self._process = subprocess.Popen(self.nginx(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._waits(self._answers, "nginx does not answer")

    def _answers(self) -> bool:
        try:
            self.connects().close()
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
        self.settings(desk_network=desk_network)
        subprocess.run(self.nginx("-s", "reload"), check=True, capture_output=True)
        self._waits(lambda: self.asks("GET", "/sign-in", host=DESK)[0].status == 200, "the desk stays closed")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=10)
        self.server.stop()

    def connects(self, host: str = PORTAL) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return self.authority.trusted().wrap_socket(plain, server_hostname=host)

    def asks(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: object = None, host: str = PORTAL
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.sock = self.connects(host)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer, read
