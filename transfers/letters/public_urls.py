"""查验介绍信, for everybody."""

from django.urls import path

from . import public_views

app_name = "check"
urlpatterns = [
    path("", public_views.form, name="form"),
    path("<str:code>/", public_views.show, name="show"),
]
