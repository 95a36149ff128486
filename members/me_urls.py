"""个人中心."""

from django.urls import path

from . import me
from .requests import me as own

app_name = "me"
urlpatterns = [
    path("", me.start, name="start"),
    path("me/profile/", own.show, name="profile"),
    path("me/profile/edit/", own.edit, name="edit"),
    path("me/profile/correct/post/", own.report_post, name="report_post"),
    path("me/profile/correct/post/<int:pk>/", own.correct_post, name="correct_post"),
    path("me/profile/correct/<str:topic>/", own.correct, name="correct"),
    path("me/watchers/", me.watchers, name="watchers"),
    path("me/history/", me.history, name="history"),
]
