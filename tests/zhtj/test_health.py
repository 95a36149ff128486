"""The two addresses for whoever watches the installation."""

from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from zhtj.health import unapplied


def test_healthz_asks_nothing_of_the_database(client):
    assert client.get("/healthz").content == b"ok\n"


def test_readyz_says_ready_when_every_migration_is_applied(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


def test_readyz_counts_missing_migrations(client, db):
    MigrationRecorder.Migration.objects.filter(app="django_q").delete()
    pending = unapplied()
    response = client.get("/readyz")
    assert pending > 0
    assert (response.status_code, response.content) == (503, f"{pending} migrations pending\n".encode())


def test_readyz_says_when_the_database_is_away(client, db, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("away")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"database away\n")
