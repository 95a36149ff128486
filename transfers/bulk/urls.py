"""办理转出 for many, the status of a list, and many decided at once; part of the addresses of transfers."""

from django.urls import path

from . import sending_views, views

urlpatterns = [
    path("many/", sending_views.many, name="many"),
    path("many/<int:pk>/", sending_views.sending, name="sending"),
    path("many/<int:pk>/settle/", sending_views.settle, name="settle"),
    path("many/<int:pk>/aim/<int:at>/", sending_views.aim, name="aim"),
    path("many/<int:pk>/leave-out/", sending_views.leave_out, name="leave_out"),
    path("many/<int:pk>/send/", sending_views.send, name="send"),
    path("many/<int:pk>/drop/", sending_views.drop, name="drop_list"),
    path("batch/<uuid:batch>/", views.batch, name="batch"),
    path("batch/<uuid:batch>/excel/", views.batch_excel, name="batch_excel"),
    path("batch/<uuid:batch>/again/", views.batch_retry, name="batch_retry"),
    path("status/", views.statuses_new, name="statuses"),
    path("status/<int:pk>/", views.status, name="status"),
    path("status/<int:pk>/excel/", views.status_excel, name="status_excel"),
    path("decide/", views.decide, name="decide"),
    path("decide/agree/", views.decide_agree, name="decide_agree"),
    path("decide/return/", views.decide_return, name="decide_return"),
    path("decide/assign/", views.decide_assign, name="decide_assign"),
]
