"""Addresses of 操作记录."""

from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:pk>/", views.organization, name="organization"),
    path("<int:pk>/excel/", views.organization_excel, name="organization_excel"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/excel/", views.person_excel, name="person_excel"),
]
