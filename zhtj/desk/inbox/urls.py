"""Addresses of 操作中心, taken into those of the desk."""

from django.urls import path

from . import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/approve/", views.approve, name="inbox_approve"),
    path("inbox/return/", views.send_back, name="inbox_send_back"),
    path("inbox/asked/", views.asked, name="inbox_asked"),
    path("inbox/decided/", views.decided, name="inbox_decided"),
]
