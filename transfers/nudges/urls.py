"""催办."""

from django.urls import path

from . import views

app_name = "nudges"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("make/", views.make, name="make"),
]
