"""疑似重复 and 合并账号."""

from django.urls import path

from . import views

app_name = "merging"
urlpatterns = [
    path("", views.index, name="index"),
    path("find/", views.find, name="find"),
    path("<int:one>/<int:other>/", views.compare, name="compare"),
    path("<int:one>/<int:other>/apart/", views.apart, name="apart"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
