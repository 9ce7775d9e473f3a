"""A mail server on loopback by aiosmtpd: smtp_server.py MODE FOLDER [USER PASSWORD-FILE]. MODE: tls, starttls, plain.
Certificate and key are server.pem and server.key in FOLDER. Prints its port; every mail is written there as N.eml, its envelope as N.json."""

import asyncio
import json
import pathlib
import socket
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

mode, folder = sys.argv[1], pathlib.Path(sys.argv[2])
account = (sys.argv[3], pathlib.Path(sys.argv[4]).read_text()) if len(sys.argv) > 4 else None


class Keep:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        Keep.count += 1
        (folder / f"{Keep.count}.json").write_text(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None or mode == "tls"}))
        (folder / f"{Keep.count}.eml").write_bytes(envelope.original_content)
        return "250 taken"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 there is nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 fine"


def authenticate(server, session, envelope, mechanism, data):
    with open(folder / "passwords", "ab") as said:
        said.write(data.password + b"\n")
    good = account is not None and (data.login.decode(), data.password.decode()) == account
    return AuthResult(success=good, handled=False)


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / "server.pem", folder / "server.key")
    return made


def session():
    own = {"authenticator": authenticate, "auth_required": account is not None, "auth_require_tls": mode == "starttls"}
    secure = {"tls_context": context(), "require_starttls": True} if mode == "starttls" else {}
    return SMTP(Keep(), hostname="localhost", **(own if account else {}), **secure)


async def main():
    sock = socket.create_server(("127.0.0.1", 0))
    server = await asyncio.get_running_loop().create_server(session, sock=sock, ssl=context() if mode == "tls" else None)
    print(sock.getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
