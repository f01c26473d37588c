"""Several machines of one trust, as processes: nodes that serve, workers, and the proxy before them."""

import http.client
import http.server
import itertools
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

from .server import PATIENCE, ROOT, Server, binary

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection"}


class Front:
    """One address before several nodes. Each request goes to the next of them, whoever asks: nothing sticks."""

    def __init__(self) -> None:
        self.hops: list[int] = []
        self._ports: list[int] = []
        self._turn = itertools.count()
        self._lock = threading.Lock()
        front = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # noqa: N802
                front._passes_on(self)

            do_POST = do_HEAD = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def leads_to(self, *addresses: str) -> None:
        self._ports = [int(address.rsplit(":", 1)[1]) for address in addresses]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _passes_on(self, visit: http.server.BaseHTTPRequestHandler) -> None:
        with self._lock:
            which = next(self._turn) % len(self._ports)
            self.hops.append(which)
        visit.close_connection = True
        node = http.client.HTTPConnection("127.0.0.1", self._ports[which], timeout=120)
        try:
            node.putrequest(visit.command, visit.path, skip_host=True, skip_accept_encoding=True)
            for name, value in visit.headers.items():
                if name.lower() not in HOP_BY_HOP:
                    node.putheader(name, value)
            node.putheader("X-Forwarded-For", visit.client_address[0])
            node.putheader("Connection", "close")
            node.endheaders()
            left = int(visit.headers.get("Content-Length") or 0)
            while left and (piece := visit.rfile.read(min(left, 1 << 16))):
                node.send(piece)
                left -= len(piece)
            answer = node.getresponse()
            visit.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    visit.send_header(name, value)
            visit.send_header("Connection", "close")
            visit.end_headers()
            while piece := answer.read(1 << 16):
                visit.wfile.write(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            node.close()


class Machine:
    """A machine that runs `rightsdesk work` and nothing else."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.data = folder / "data"
        self.log = folder / "worker.log"
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {**os.environ, **settings, "RIGHTSDESK_DATA": str(self.data)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        before = self.printed.count("Working.")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [binary(), "work"], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + PATIENCE
        while self.printed.count("Working.") == before:
            assert self._process.poll() is None, f"the worker ended:\n{self.printed[-2000:]}"
            assert time.monotonic() < deadline, f"the worker did not begin:\n{self.printed[-2000:]}"
            time.sleep(0.02)

    def kill(self) -> None:
        assert self._process is not None, "it is not running"
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process = None

    def stop(self) -> int:
        """Asks it to finish what it has begun; its exit status."""
        if self._process is None:
            return 0
        self._process.terminate()
        status = self._process.wait(timeout=40)
        self._process = None
        return status

    @property
    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""


def bring_key(first: Server, to: Path) -> None:
    """What an administrator does once for each further machine."""
    (to / "keys").mkdir(parents=True, exist_ok=True)
    shutil.copy(first.data / "keys" / "master.key", to / "keys" / "master.key")
