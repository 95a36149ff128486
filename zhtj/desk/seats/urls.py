"""Addresses of 管理员变更."""

from django.urls import path

from . import views

app_name = "seats"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/add/", views.add, name="add"),
    path("<int:pk>/<int:account>/", views.change, name="change"),
    path("<int:pk>/checklist/", views.handover, name="checklist"),
]
