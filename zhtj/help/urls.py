"""Addresses of the 帮助中心."""

from django.urls import path

from . import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("search/", views.find, name="search"),
    path("handbook/<slug:reader>/", views.book, name="handbook"),
    path("<slug:key>/", views.topic, name="topic"),
]
