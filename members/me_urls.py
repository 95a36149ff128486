"""个人中心."""

from django.urls import path

from . import me

app_name = "me"
urlpatterns = [
    path("", me.start, name="start"),
    path("me/", me.home, name="home"),
]
