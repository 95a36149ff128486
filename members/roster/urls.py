"""导入名单."""

from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("template/", views.roster_template, name="template"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/tick/", views.tick, name="tick"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/abandon/", views.abandon, name="abandon"),
    path("<int:pk>/rows/<int:number>/fix/", views.fix, name="fix"),
    path("<int:pk>/rows/<int:number>/rename/", views.rename, name="rename"),
    path("<int:pk>/errors/", views.errors, name="errors"),
]
