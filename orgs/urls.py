"""Addresses of the organisation pages; the page of one organisation is in zhtj.desk, for it shows other apps' rows."""

from django.urls import path

from . import information_views, views
from .founding import views as founding

app_name = "orgs"
urlpatterns = [
    path("info/", information_views.info, name="info"),
    path("info/edit/", information_views.info_edit, name="info_edit"),
    path("create/", founding.create, name="create"),
    path("create/template/", founding.template, name="create_template"),
    path("create/confirm/", founding.confirm, name="create_confirm"),
    path("create/returned/", founding.returned, name="create_returned"),
    path("create/one/", views.create_one, name="create_one"),
    path("create/preview/", views.preview, name="preview"),
    path("picker/", views.pick, name="picker"),
    path("<int:pk>/edit/", information_views.edit, name="edit"),
]
