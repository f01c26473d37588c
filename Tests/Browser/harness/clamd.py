"""A virus scanner that behaves as badly as a test wants."""

import socket
import socketserver
import struct
import threading


class BadScanner:
    """clamd's INSTREAM on 127.0.0.1. `answer` is what it says of every file; without one it says nothing."""

    def __init__(self) -> None:
        self.answer: str | None = "stream: OK"
        self.scanned = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._server: socketserver.ThreadingTCPServer | None = None
        self._wakes = threading.Event()

    @property
    def settings(self) -> dict[str, str]:
        return {"RIGHTSDESK_CLAMD": f"tcp:127.0.0.1:{self.port}"}

    def start(self) -> None:
        scanner = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    scanner._scans(self)
                except (OSError, struct.error):
                    pass

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        socketserver.ThreadingTCPServer.daemon_threads = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        self._wakes.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def behaves(self) -> None:
        """What hangs is cut off, and from now on every file is clean."""
        self.answer = "stream: OK"
        self._wakes.set()

    def _scans(self, peer: socketserver.StreamRequestHandler) -> None:
        while peer.rfile.read(1) != b"\0":
            pass
        while (length := struct.unpack(">I", peer.rfile.read(4))[0]) > 0:
            peer.rfile.read(length)
        if self.answer is None:
            self._wakes.wait()
            return
        self.scanned += 1
        peer.wfile.write(self.answer.encode() + b"\0")
