"""导入名单."""

from django.urls import path

from . import decide_views, mapping_views, mend_views, undo_views, views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("template/", views.roster_template, name="template"),
    path("headers/", mapping_views.remembered, name="headers"),
    path("headers/forget/", mapping_views.forget, name="forget"),
    path("headers/<int:pk>/", mapping_views.change, name="change_header"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/columns/", mapping_views.choose, name="map"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/tick/", decide_views.tick, name="tick"),
    path("<int:pk>/confirm/", decide_views.confirm, name="confirm"),
    path("<int:pk>/cancel/", decide_views.cancel, name="cancel"),
    path("<int:pk>/abandon/", decide_views.abandon, name="abandon"),
    path("<int:pk>/rows/<int:number>/fix/", mend_views.fix, name="fix"),
    path("<int:pk>/rows/<int:number>/rename/", mend_views.rename, name="rename"),
    path("<int:pk>/errors/", views.errors, name="errors"),
    path("<int:pk>/undo/", undo_views.confirm, name="undo"),
    path("<int:pk>/undone/", undo_views.undone, name="undone"),
    path("<int:pk>/undone/export/", undo_views.export, name="kept"),
]
