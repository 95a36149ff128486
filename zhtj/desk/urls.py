"""Addresses of the desk, and the page of one organisation, which belongs to orgs by its address."""

from django.urls import path

from orgs import urls as orgs_urls

from . import views
from .inbox import urls as inbox_urls

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("switch/", views.switch, name="switch"),
    path("subordinates/", views.subordinates, name="subordinates"),
    *inbox_urls.urlpatterns,
]
organizations = (
    [*orgs_urls.urlpatterns, path("<int:pk>/", views.organization, name="detail")],
    orgs_urls.app_name,
)
