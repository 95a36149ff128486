"""The tree of organisations, its posts and seats."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "orgs"
    verbose_name = "团组织"
