"""团员管理: the pages of members, and 分配到团支部, which leaves a case for each person."""

from django.urls import path

from members.urls import app_name as app_name
from members.urls import urlpatterns as of_members
from transfers import placing_views

urlpatterns = [
    *of_members,
    path("branches/<int:pk>/place/", placing_views.place, name="place"),
    path("branches/<int:pk>/place/confirm/", placing_views.confirm, name="place_confirm"),
]
