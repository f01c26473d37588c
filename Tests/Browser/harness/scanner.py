"""A double of ClamAV's daemon that finds every file clean, and takes its time."""

import socketserver
import threading
import time


class Scanner:
    def __init__(self, seconds: float) -> None:
        self.scans = 0
        scanner = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                command = b""
                while not command.endswith(b"\0"):
                    byte = self.rfile.read(1)
                    if not byte:
                        return
                    command += byte
                if command != b"zINSTREAM\0":
                    return
                while size := int.from_bytes(self.rfile.read(4), "big"):
                    self.rfile.read(size)
                time.sleep(seconds)
                scanner.scans += 1
                self.wfile.write(b"stream: OK\0")

        class Listener(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A worker that was killed during a scan hangs up."""

        self._server = Listener(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"tcp:127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
