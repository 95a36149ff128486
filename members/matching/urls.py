"""名单对账."""

from django.urls import path

from . import views

app_name = "matching"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.result, name="result"),
    path("<int:pk>/excel/", views.excel, name="excel"),
    path("<int:pk>/roster/", views.roster, name="roster"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
