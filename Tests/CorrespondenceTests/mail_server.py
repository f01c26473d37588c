"""A real mail server (aiosmtpd) on 127.0.0.1 with a certificate of its own authority (trustme), for the tests.

Prints one line of JSON when it serves: its ports. Then prints one line of JSON for each mail it takes. Stops when
its standard input ends. Recipients named refused@, busy@, silent@ and slow@, and the texts of mails, decide how it answers.
"""
import asyncio
import base64
import json
import pathlib
import ssl
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder = pathlib.Path(sys.argv[1])
authority, stranger = trustme.CA(), trustme.CA()
certificate = authority.issue_cert("127.0.0.1", "localhost")
authority.cert_pem.write_to_path(folder / "authority.pem")
stranger.cert_pem.write_to_path(folder / "stranger.pem")
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
certificate.configure_cert(context)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger@"):
            return "550 5.7.1 you may not send as this address"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("busy@"):
            return "451 4.3.0 try again later"
        if address.startswith("silent@"):
            await asyncio.sleep(30)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if b"refuse this text" in envelope.content:
            return "554 5.7.1 message refused"
        if envelope.rcpt_tos[0].startswith("slow@"):
            await asyncio.sleep(8)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": server.transport.get_extra_info("cipher") is not None,
            "user": session.auth_data, "greeting": session.host_name, "peer": session.peer[1],
            "content": base64.b64encode(envelope.original_content).decode(),
        }), flush=True)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"sars", b"correct horse")
    return AuthResult(success=good, handled=good, auth_data=data.login.decode() if good else None)


def protocol(**options):
    return lambda: SMTP(Handler(), decode_data=False, **options)


async def main():
    loop = asyncio.get_running_loop()
    auth = {"authenticator": authenticate, "auth_required": True}
    servers = {
        "starttls": await loop.create_server(
            protocol(tls_context=context, require_starttls=True, **auth), "127.0.0.1", 0),
        "tls": await loop.create_server(
            protocol(auth_require_tls=False, **auth), "127.0.0.1", 0, ssl=context),
        "plain": await loop.create_server(protocol(), "127.0.0.1", 0),
    }
    print(json.dumps({name: server.sockets[0].getsockname()[1] for name, server in servers.items()}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
