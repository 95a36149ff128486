"""录入进度."""

from django.urls import path

from . import views

app_name = "progress"
urlpatterns = [
    path("", views.show, name="own"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/excel/", views.excel, name="excel"),
    path("<int:pk>/organizations/", views.organizations, name="organizations"),
    path("<int:pk>/people/", views.people, name="people"),
]
