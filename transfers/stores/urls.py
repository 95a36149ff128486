"""省级专库."""

from django.urls import path

from . import views

app_name = "stores"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/reveal/", views.reveal, name="reveal"),
    path("<int:pk>/return/", views.bring_back, name="bring_back"),
]
