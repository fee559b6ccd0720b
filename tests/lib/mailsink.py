"""A mail relay that keeps what it is given: STARTTLS and AUTH are demanded, nothing is sent on.

    mailsink.py CERTIFICATE KEY USER PASSWORD

Listens on 127.0.0.1 at a free port and prints one JSON object a line: first {"port": n}, then each
mail. Reads commands from standard input: "refuse N CODE" answers the next N mails with the code;
"hold N" keeps the next N and never answers, as a relay that dies in the middle; "slow MS" takes so
many milliseconds for each from now on.
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

certificate, key, user, password = sys.argv[1:5]
lock = threading.Lock()  # guards standard output and what commands change
refusal = {"left": 0, "code": 451}
holding = {"left": 0}
slowness = {"seconds": 0.0}


def say(value):
    with lock:
        print(json.dumps(value), flush=True)


def body_of(message, kind):
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else None


def attachments_of(message):
    return [
        {"name": part.get_filename(), "type": part.get_content_type(), "text": part.get_payload(decode=True).decode("latin-1")}
        for part in message.iter_attachments()
    ]


class Handler:
    async def handle_DATA(self, server, session, envelope):
        with lock:
            if refusal["left"] > 0:
                refusal["left"] -= 1
                return f"{refusal['code']} refused for a test"
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        say({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "isEncrypted": session.ssl is not None,
            "isAuthenticated": session.authenticated,
            "subject": message["subject"],
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": body_of(message, "plain"),
            "html": body_of(message, "html"),
            "attachments": attachments_of(message),
            "raw": envelope.original_content.decode("latin-1"),
        })
        with lock:
            is_held = holding["left"] > 0
            holding["left"] -= is_held
            seconds = slowness["seconds"]
        if is_held:
            await asyncio.sleep(3600)
        await asyncio.sleep(seconds)
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    wanted = LoginPassword(user.encode(), password.encode())
    is_right = isinstance(data, LoginPassword) and data == wanted
    return AuthResult(success=is_right, handled=False)  # handled: we would have to answer ourselves


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)


class Sink(Controller):
    """The port is the system's choice, so the one it took must be asked for."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


sink = Sink(
    Handler(), hostname="127.0.0.1", port=0, tls_context=context, require_starttls=True,
    authenticator=authenticate, auth_required=True, enable_SMTPUTF8=True,
)
sink.start()
say({"port": sink.server.sockets[0].getsockname()[1]})

for line in sys.stdin:
    words = line.split()
    if words[:1] == ["refuse"]:
        with lock:
            refusal.update(left=int(words[1]), code=int(words[2]))
        say({"done": line.strip()})
    elif words[:1] == ["hold"]:
        with lock:
            holding["left"] = int(words[1])
        say({"done": line.strip()})
    elif words[:1] == ["slow"]:
        with lock:
            slowness["seconds"] = int(words[1]) / 1000
        say({"done": line.strip()})
sink.stop()
