"""Mail leaves by real SMTP: encrypted, with a password, one message to one recipient. No demonstration here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.mail import PASSWORD, USER, Mailbox
from harness.person import UNSEEN
from harness.requester import Requester
from harness.server import Server

EMAIL = "by.post@example.org"


@pytest.fixture
def served(tmp_path: Path, mailbox: Mailbox) -> Iterator[Server]:
    secret = tmp_path / "smtp-password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    started = Server(
        tmp_path,
        {
            "RIGHTSDESK_SMTP_HOST": "localhost",
            "RIGHTSDESK_SMTP_PORT": str(mailbox.port),
            "RIGHTSDESK_SMTP_USER": USER,
            "RIGHTSDESK_SMTP_PASSWORD_FILE": str(secret),
            "RIGHTSDESK_SMTP_CERTIFICATES": str(mailbox.authority_file),
            "RIGHTSDESK_SENDER": "no-reply@example.org",
        },
        is_demo=False,
    )
    started.start()
    yield started
    started.stop()


def test_an_account_is_made_through_a_mail_that_was_really_sent(arrives, served: Server, mailbox: Mailbox) -> None:
    person = arrives(Requester, "by-post", UNSEEN, at=served)
    person.registers(mailbox, EMAIL)
    person.signs_in(EMAIL)
    person.sees_heading("Home")
    person.goes_to("/demo/outbox")
    person.sees_heading("Page not found")

    (mail,) = mailbox.to(EMAIL)
    assert mail.over_tls
    assert mail.recipients == (EMAIL,)
    assert mail.sender == "no-reply@example.org"
    assert mail.message["From"] == "Sars No Reply <no-reply@example.org>"
    assert mail.message["To"] == EMAIL
    assert EMAIL not in mail.text, "no personal data in the body"
