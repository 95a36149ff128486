"""Addresses of the organisation pages; the page of one organisation is in zhtj.desk, for it shows other apps' rows."""

from django.urls import path

from . import views

app_name = "orgs"
urlpatterns = [
    path("info/", views.info, name="info"),
    path("create/", views.create, name="create"),
    path("create/preview/", views.preview, name="preview"),
    path("picker/", views.pick, name="picker"),
    path("<int:pk>/edit/", views.edit, name="edit"),
]
