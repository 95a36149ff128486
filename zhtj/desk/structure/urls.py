"""Addresses of deleting, merging, relocating and renaming organisations."""

from django.urls import path

from . import views

app_name = "structure"
urlpatterns = [
    path("closed/", views.closed, name="closed"),
    path("closed/<int:pk>/undo/", views.reopen, name="reopen"),
    path("relocate/", views.relocate_own, name="relocate_own"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/relocate/", views.relocate, name="relocate"),
    path("rehearsals/<int:pk>/", views.rehearse, name="rehearse"),
    path("renames/<int:pk>/", views.job, name="job"),
]
