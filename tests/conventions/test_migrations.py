"""The tables are those of the models."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, interactive=False)
    except SystemExit:
        pytest.fail(f"a model changed without its migration:\n{capsys.readouterr().out}")
