"""Addresses of the code page and of 管理员注册."""

from django.urls import path

from . import registration, views

app_name = "regcodes"
urlpatterns = [
    path("codes/<int:pk>/", views.show, name="show"),
    path("codes/<int:pk>/issue/", views.issue, name="issue"),
    path("codes/<int:pk>/reissue/", views.reissue, name="reissue"),
    path("codes/<int:pk>/void/", views.void, name="void"),
    path("register/", registration.choose, name="choose"),
    path("register/admin/", registration.organization, name="organization"),
    path("register/admin/code/", registration.code, name="code"),
    path("register/admin/title/", registration.title, name="title"),
    path("register/admin/person/", registration.person, name="person"),
]
