"""组织关系转接."""

from django.urls import path

from . import from_import_views, papers_views, starting_views, views
from .bulk import urls as bulk

app_name = "transfers"
urlpatterns = [
    path("", views.index, name="list"),
    path("out/<int:pk>/", starting_views.out, name="out"),
    path("in/", starting_views.bring_in, name="bring_in"),
    path("in/roster/<int:pk>/", from_import_views.ask, name="from_import"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/agree/", views.agree, name="agree"),
    path("<int:pk>/return/", views.send_back, name="send_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/remind/", views.remind, name="remind"),
    path("<int:pk>/papers/", papers_views.receive, name="papers"),
    path("<int:pk>/again/", starting_views.again, name="again"),
    *bulk.urlpatterns,
]
