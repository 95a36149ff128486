"""移除团员."""

from django.urls import path

from . import views

app_name = "removal"
urlpatterns = [
    path("", views.index, name="list"),
    path("excel/", views.excel, name="excel"),
    path("new/", views.new, name="new"),
    path("confirm/", views.carry_out, name="carry_out"),
    path("overage/", views.overage, name="overage"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
