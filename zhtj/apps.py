"""The project package as an app: it carries commands and template tags."""

from django.apps import AppConfig


class ZhtjConfig(AppConfig):
    name = "zhtj"
    verbose_name = "智慧团建"
