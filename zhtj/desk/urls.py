"""Addresses of the desk, and the page of one organisation, which belongs to orgs by its address."""

from django.urls import path

from orgs import urls as orgs_urls

from . import views
from .below import views as below
from .home import views as home
from .inbox import urls as inbox_urls

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("switch/", views.switch, name="switch"),
    path("subordinates/", below.subordinates, name="subordinates"),
    path("subordinates/export/", below.export, name="subordinates_export"),
    path("contacts/", below.contacts, name="contacts"),
    path("contacts/excel/", below.contacts_export, name="contacts_export"),
    path("search/", below.search, name="search"),
    path("tree/", below.tree, name="tree"),
    path("tree/<int:pk>/", below.tree_level, name="tree_level"),
    *inbox_urls.urlpatterns,
]
organizations = (
    [*orgs_urls.urlpatterns, path("<int:pk>/", views.organization, name="detail")],
    orgs_urls.app_name,
)
