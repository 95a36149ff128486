"""The append-only record of what was done."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhtj.audit"
    verbose_name = "审计记录"
