"""Codes with which the designated person registers as administrator."""

from django.apps import AppConfig


class RegcodesConfig(AppConfig):
    name = "regcodes"
    verbose_name = "管理员注册码"
