"""The addresses that both lists have, and those of 团员列表 alone."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import archive_views, bulk_views, export_views, find_views, saved_views, views


def of(kind: str) -> list[URLPattern]:
    """The list, its views, its bulk acts and its export."""
    which = {"kind": kind}
    return [
        path("", views.index, which, name="list"),
        path("chosen/", bulk_views.chosen, which, name="chosen"),
        path("views/save/", saved_views.save, which, name="view_save"),
        path("views/delete/", saved_views.delete, which, name="view_delete"),
        path("views/default/", saved_views.default, which, name="view_default"),
        path("export/", export_views.page, which, name="export"),
        path("export/masked/", export_views.masked, which, name="export_masked"),
        path("export/full/", export_views.full, which, name="export_full"),
    ]


OF_MEMBERS = [
    *of("members"),
    path("find/", find_views.find, name="find"),
    path("appoint/", bulk_views.appoint, name="appoint"),
    path("archive/", archive_views.page, name="archive"),
    path("archive/<int:pk>/masked/", archive_views.masked, name="archive_masked"),
    path("archive/<int:pk>/full/", archive_views.full, name="archive_full"),
]
OF_CADRES = of("cadres")
