"""A double of ClamAV's daemon. It finds every file clean and may take its time, or behave as badly as a test wants."""

import socket
import socketserver
import threading
import time

WELL = "stream: OK"


class Scanner:
    def __init__(self, seconds: float = 0, is_up: bool = True) -> None:
        self.scans = 0
        # What it says of every file; without one it says nothing.
        self.answer: str | None = WELL
        # What it says of itself: its version, and those of its signatures with their time.
        self.version = "ClamAV 1.0.7"
        self._seconds = seconds
        self._wakes = threading.Event()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._place = probe.getsockname()
        self._server: socketserver.ThreadingTCPServer | None = None
        if is_up:
            self.start()

    @property
    def address(self) -> str:
        return "tcp:{}:{}".format(*self._place)

    def start(self) -> None:
        scanner = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                scanner._scans(self)

        class Listener(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A worker that was killed during a scan hangs up."""

        self._server = Listener(self._place, Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def behaves(self) -> None:
        """What hangs is cut off, and from now on every file is clean."""
        self.answer = WELL
        self._wakes.set()

    def stop(self) -> None:
        self._wakes.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _scans(self, peer: socketserver.StreamRequestHandler) -> None:
        command = b""
        while not command.endswith(b"\0"):
            byte = peer.rfile.read(1)
            if not byte:
                return
            command += byte
        if command == b"zVERSION\0":
            peer.wfile.write(self.version.encode() + b"\0")
        if command != b"zINSTREAM\0":
            return
        while size := int.from_bytes(peer.rfile.read(4), "big"):
            peer.rfile.read(size)
        time.sleep(self._seconds)
        if self.answer is None:
            self._wakes.wait()
            return
        self.scans += 1
        peer.wfile.write(self.answer.encode() + b"\0")
