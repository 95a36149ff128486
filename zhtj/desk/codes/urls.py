"""Addresses of the list of codes and of 批量导出."""

from django.urls import path

from . import views

app_name = "codes"
urlpatterns = [
    path("", views.index, name="list"),
    path("plan/", views.plan, name="plan"),
    path("excel/", views.excel, name="excel"),
    path("slips/", views.print_slips, name="slips"),
]
