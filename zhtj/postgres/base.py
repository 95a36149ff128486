"""Django's PostgreSQL backend, starting the embedded server when it is needed and not running."""

from typing import Any

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, features

from zhtj.postgres.cluster import Cluster
from zhtj.postgres.hold import hold, revive

_checked: set[str] = set()


class DatabaseFeatures(features.DatabaseFeatures):
    """What the product asks of a server."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as Django knows it; `EMBEDDED` in the settings names the folder of the server to start."""

    features_class = DatabaseFeatures

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any):
        super().__init__(settings_dict, *args, **kwargs)
        folder = settings_dict.get("EMBEDDED")
        self.cluster = Cluster(folder) if folder else None
        if self.cluster:
            settings_dict["HOST"] = str(self.cluster.socket_folder)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a server that is not there, or no longer there, is started first."""
        if self.cluster:
            hold(self.cluster)
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg2.OperationalError:
            if self.cluster is None or self.cluster.answers():
                raise
            revive(self.cluster)
            connection = super().get_new_connection(conn_params)
        check_trigrams(connection)
        return connection


def check_trigrams(connection: Any) -> None:
    """Refuse a database whose locale makes no trigrams of Chinese: searches would silently find nothing."""
    if connection.dsn in _checked:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('show_trgm(text)') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT cardinality(show_trgm('张三'))")
            if not cursor.fetchone()[0]:
                raise ImproperlyConfigured(
                    "这个数据库不能按中文检索：LC_CTYPE 必须是 C.UTF-8 或 zh_CN.UTF-8。"
                    "请用 CREATE DATABASE … TEMPLATE template0 LOCALE 'C.UTF-8' 重建。"
                )
            _checked.add(connection.dsn)
    connection.rollback()
