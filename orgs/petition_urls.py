"""Addresses of petitions."""

from django.urls import path

from . import petition_views as views

app_name = "petitions"
urlpatterns = [
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/return/", views.send_back, name="send_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
