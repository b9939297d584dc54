"""A real SMTP server on the loopback that keeps what it gets and fails on demand."""

import asyncio
import email
import email.policy
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

FAILURES = {"later", "refuse", "reset", "store-then-reset", "hang"}


class Sink:
    """What the server keeps, and how it behaves.

    `fail(how, times=n)` makes the next n messages fail (`times=None`: until `clear()`):
    "later" answers 451 to DATA; "refuse" 550 to RCPT; "reset" drops the connection inside DATA, keeping nothing;
    "store-then-reset" keeps the message and drops the connection before the answer; "hang" never answers.
    """

    def __init__(self):
        self.messages = []
        self.attempts = 0
        self.host, self.port = "127.0.0.1", 0
        self.failure, self.left = "", 0
        self.lock = threading.Lock()

    @property
    def url(self):
        """The server as an `EMAIL_URL`."""
        return f"smtp://{self.host}:{self.port}"

    def fail(self, how, *, times=1):
        """From now on the next messages fail in this way."""
        assert how in FAILURES, how
        with self.lock:
            self.failure, self.left = how, times

    def clear(self):
        """Forgets the messages and behaves again."""
        with self.lock:
            self.messages, self.attempts, self.failure, self.left = [], 0, "", 0

    def take_failure(self, *wanted):
        """The failure of this step, counted down; empty when the step goes well."""
        with self.lock:
            if self.failure not in wanted or self.left == 0:
                return ""
            if self.left is not None:
                self.left -= 1
            return self.failure

    def to(self, address):
        """The messages to one address."""
        return [message for message in self.messages if address in message["To"]]

    def wait_for(self, count, *, seconds=10.0):
        """The messages, once there are that many; fails when they do not come in time."""
        end = time.monotonic() + seconds
        while len(self.messages) < count:
            assert time.monotonic() < end, f"{len(self.messages)} of {count} messages after {seconds} s"
            time.sleep(0.02)
        return list(self.messages)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.take_failure("refuse"):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.attempts += 1
        failure = self.take_failure("later", "reset", "store-then-reset", "hang")
        if failure == "later":
            return "451 4.3.0 Try again later"
        if failure == "hang":
            await asyncio.sleep(120)
        if failure in {"", "store-then-reset"}:
            self.keep(envelope)
        if failure in {"reset", "store-then-reset"}:
            server.transport.abort()
        return "250 OK"

    def keep(self, envelope):
        """Stores one message, parsed, with the addresses of its envelope."""
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        message.envelope_from, message.envelope_to = envelope.mail_from, list(envelope.rcpt_tos)
        self.messages.append(message)


class Server(Controller):
    """Runs the sink in a thread of its own, on a free port."""

    def factory(self):
        return SMTP(self.handler, hostname="mail.test", data_size_limit=40 * 1024 * 1024)

    def _trigger_server(self):
        self.handler.port = self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def serve(sink):
    """Starts; the caller stops the returned controller."""
    controller = Server(sink, hostname=sink.host, port=0, ready_timeout=10)
    controller.start()
    return controller
