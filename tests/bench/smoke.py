"""The bench from the data to the table, in small. Takes minutes, so it is asked for by name:

python -m pytest tests/bench/smoke.py
"""

import json

import pytest


@pytest.mark.timeout(240)
def test_it_runs_from_the_data_to_the_table(tmp_path, capsys):
    from tests.bench.__main__ import main

    main(["--quick", "--sizes", "120", "--requests", "2", "--mails", "8", "--file", str(tmp_path / "r.json")])

    told = json.loads((tmp_path / "r.json").read_text())
    measured = {(one["promise"], one["what"]) for one in told["figures"] if one["value"] is not None}
    assert {(31, "case"), (32, "plan, mine, by clock"), (33, "table, all"), (33, "move POST")} <= measured
    assert {(34, "report POST with photos"), (36, "mail drain"), (38, "weight, portal home")} <= measured
    assert "figures" in capsys.readouterr().out.splitlines()[-1]
