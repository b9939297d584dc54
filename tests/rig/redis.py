"""A real Redis-speaking server on a unix socket, started the way the product starts its own."""

import os
import shutil
import signal
import subprocess
import time

import redis

from defects_portal import broker


class RedisServer:
    """Started by `start`; can be killed, frozen and started again on the same data, to see what the product does."""

    def __init__(self, folder):
        self.broker = broker.resolve("", folder)
        self.process = None

    @property
    def url(self):
        """The address as `REDIS_URL` and Celery take it."""
        return self.broker.url

    def start(self):
        """Starts and waits until it answers."""
        self.process = subprocess.Popen(self.broker.command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while not broker.is_answering(self.url):
            assert self.process.poll() is None, "the Redis server ended at once"
            assert time.monotonic() < end, "the Redis server did not answer in 10 s"
            time.sleep(0.02)

    def kill(self):
        """Ends it hard."""
        self.process.kill()
        self.process.wait(10)

    def freeze(self):
        """It accepts and never answers."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self):
        """It answers again."""
        os.kill(self.process.pid, signal.SIGCONT)

    def flush(self):
        """It forgets everything."""
        self.client().flushall()

    def client(self):
        """A plain client of the server."""
        return redis.Redis(unix_socket_path=str(self.broker.socket), socket_timeout=5)

    def remove(self):
        """Ends it and takes its socket away."""
        if self.process and self.process.poll() is None:
            self.thaw()
            self.kill()
        shutil.rmtree(self.broker.socket.parent, ignore_errors=True)
