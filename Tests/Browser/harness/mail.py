"""A real mail server: STARTTLS is required and so is a password, as at a trust."""

import asyncio
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session, SMTP

USER = "sars"
PATIENCE = 30  # seconds for a mail to come
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Received:
    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    over_tls: bool

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None, "a mail has plain text"
        return body.get_content()


class Mailbox:
    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost", "127.0.0.1")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        self.authority_file = folder / "mail-authority.pem"
        authority.cert_pem.write_to_path(str(self.authority_file))
        self.received: list[Received] = []
        # Seconds that it takes for each mail, and what it waits for before it says that it has kept one.
        self.slowness = 0.0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=free_port(),
            tls_context=context,
            require_starttls=True,
            authenticator=_authenticate,
            auth_required=True,
        )

    @property
    def port(self) -> int:
        return self._controller.port

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def to(self, address: str) -> list[Received]:
        return [one for one in self.received if address in one.recipients]

    def link(self, address: str, about: str) -> str:
        """The link in the newest mail whose subject names `about`."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for one in reversed(self.to(address)):
                found = re.search(r"https?://\S+[^\s>)]", one.text)
                if about in one.message["Subject"] and found:
                    return found.group()
            time.sleep(0.1)
        raise AssertionError(f"no mail about “{about}” came for {address}: {[str(one.message['Subject']) for one in self.received]}")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.slowness)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(
            Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), message, over_tls=session.ssl is not None)
        )
        while not self.may_answer.is_set():
            await asyncio.sleep(0.05)
        return "250 kept"


def free_port() -> int:
    # The controller connects to the port it was given, so it must be told a real one.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right)
