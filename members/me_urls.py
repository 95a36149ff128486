"""个人中心."""

from django.urls import path

from . import me
from .requests import own_views

app_name = "me"
urlpatterns = [
    path("", me.start, name="start"),
    path("me/", me.home, name="home"),
    path("me/profile/", own_views.show, name="profile"),
    path("me/profile/edit/", own_views.edit, name="edit"),
    path("me/profile/correct/post/", own_views.report_post, name="report_post"),
    path("me/profile/correct/post/<int:pk>/", own_views.correct_post, name="correct_post"),
    path("me/profile/correct/<str:topic>/", own_views.correct, name="correct"),
    path("me/watchers/", me.watchers, name="watchers"),
    path("me/history/", me.history, name="history"),
]
