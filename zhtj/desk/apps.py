"""Pages and verbs that span several apps."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhtj.desk"
    verbose_name = "工作台"
