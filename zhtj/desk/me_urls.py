"""谁看过我的信息 and 操作中心 of the person, beside the other pages of 个人中心."""

from django.urls import path

from members.me_urls import app_name as app_name
from members.me_urls import urlpatterns as of_members
from transfers import me_views as transfers

from .inbox import me_views
from .personal import views as personal
from .trail import views

urlpatterns = [
    *of_members,
    path("me/", personal.home, name="home"),
    path("me/inbox/", me_views.inbox, name="inbox"),
    path("me/inbox/read/", me_views.take_as_read, name="take_as_read"),
    path("me/transfer/", transfers.transfer, name="transfer"),
    path("me/transfer/new/", transfers.begin, name="transfer_new"),
    path("me/requests/", me_views.requests, name="requests"),
    path("me/seen/", views.seen, name="seen"),
    path("me/seen/excel/", views.seen_excel, name="seen_excel"),
]
