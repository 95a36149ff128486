"""毕业生工作台."""

from django.urls import path

from . import class_views, mark_views, views

app_name = "graduates"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/excel/", views.excel, name="excel"),
    path("<int:pk>/names/", views.names, name="names"),
    path("<int:pk>/names/excel/", views.names_excel, name="names_excel"),
    path("<int:pk>/deadline/", views.deadline, name="deadline"),
    path("<int:pk>/deadline/drop/", views.deadline_drop, name="deadline_drop"),
    path("<int:pk>/marks/", mark_views.marks, name="marks"),
    path("<int:pk>/marks/put/", mark_views.put, name="marks_put"),
    path("<int:pk>/marks/clear/", mark_views.clear, name="marks_clear"),
    path("<int:pk>/people/", class_views.branch, name="branch"),
    path("<int:pk>/people/mark/", class_views.mark_people, name="people_mark"),
    path("<int:pk>/people/unmark/", class_views.unmark_people, name="people_unmark"),
    path("<int:pk>/people/plan/", class_views.plan_people, name="people_plan"),
    path("<int:pk>/people/send/", class_views.send_people, name="people_send"),
]
