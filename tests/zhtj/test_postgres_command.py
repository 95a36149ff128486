"""The embedded server's own programs, for backups and a look inside."""

import pytest
from django.core.management import CommandError, call_command


def test_a_program_reaches_the_database(tmp_path):
    dump = tmp_path / "backup.dump"
    with pytest.raises(SystemExit) as end:
        call_command("postgres", "pg_dump", "-Fc", "-f", str(dump))
    assert (end.value.code, dump.read_bytes()[:5]) == (0, b"PGDMP")


def test_an_unknown_program_is_named():
    with pytest.raises(CommandError, match="pg_dumb"):
        call_command("postgres", "pg_dumb")
