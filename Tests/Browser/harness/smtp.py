"""A mail server that behaves as badly as a test wants."""

import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable

VERBS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "the end of the mail")


class BadMailServer:
    """Plain SMTP on 127.0.0.1. Recipients named `refused-…` are refused for ever, `busy-…` while `is_busy`."""

    def __init__(self) -> None:
        # Where it falls silent, and where it hangs up; how many seconds it takes for each letter of an answer.
        self.hangs_at = ""
        self.closes_at = ""
        self.drip = 0.0
        self.is_busy = False
        # How many conversations have fallen silent.
        self.hanging = 0
        # How often each mail was taken over, by recipient and Message-ID, and how often it was given completely.
        self.taken: Counter[tuple[str, str]] = Counter()
        self.given: Counter[tuple[str, str]] = Counter()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._server: socketserver.ThreadingTCPServer | None = None
        self._over = threading.Event()

    def start(self) -> None:
        mailbox = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    mailbox._converses(self)
                except (OSError, _Closed):
                    pass

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        socketserver.ThreadingTCPServer.daemon_threads = True
        self._over = threading.Event()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._over.set()
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def behaves(self) -> None:
        """What hangs is let go, and from now on it is a good server."""
        self.hangs_at = self.closes_at = ""
        self.drip = 0.0
        self.is_busy = False
        self._over.set()
        self._over = threading.Event()

    def _converses(self, peer: socketserver.StreamRequestHandler) -> None:
        answer: Callable[[str, str], None] = lambda place, text: self._answers(peer, place, text)
        answer("greeting", "220 ready")
        recipient = ""
        while line := peer.rfile.readline().decode("ascii", errors="replace").strip():
            verb = line.split(" ")[0].upper().split(":")[0]
            if verb in ("EHLO", "HELO"):
                answer("EHLO", "250 well")
            elif verb == "MAIL":
                answer("MAIL", "250 well")
            elif verb == "RCPT":
                recipient = re.search("<(.*)>", line)[1]
                refusal = "550 5.1.1 no such mailbox" if recipient.startswith("refused-") else ""
                busy = "451 4.3.0 try again later" if recipient.startswith("busy-") and self.is_busy else ""
                answer("RCPT", refusal or busy or "250 well")
            elif verb == "DATA":
                answer("DATA", "354 go on")
                content = b""
                while (part := peer.rfile.readline()) != b".\r\n":
                    if not part:
                        return
                    content += part
                mail = recipient, re.search(rb"(?im)^Message-ID: (.*?)\r?$", content)[1].decode()
                self.given[mail] += 1
                answer("the end of the mail", "250 taken")
                self.taken[mail] += 1
            elif verb == "QUIT":
                answer("QUIT", "221 bye")
                return
            else:
                answer(verb, "250 well")

    def _answers(self, peer: socketserver.StreamRequestHandler, place: str, text: str) -> None:
        over = self._over
        if self.hangs_at == place:
            self.hanging += 1
            over.wait()
            raise _Closed
        if self.closes_at == place:
            raise _Closed
        for letter in f"{text}\r\n" if self.drip else [f"{text}\r\n"]:
            peer.wfile.write(letter.encode())
            if self.drip:
                time.sleep(self.drip)


class _Closed(Exception):
    pass
