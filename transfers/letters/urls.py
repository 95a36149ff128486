"""介绍信, for whoever issues and carries them."""

from django.urls import path

from . import bulk_views, range_views, views

app_name = "letters"
urlpatterns = [
    path("", views.index, name="list"),
    path("excel/", views.excel, name="excel"),
    path("ranges/", range_views.index, name="ranges"),
    path("ranges/<int:pk>/back/", range_views.take_back, name="take_back"),
    path("of/<int:pk>/", views.issue, name="issue"),
    path("batch/<uuid:key>/", bulk_views.batch, name="batch"),
    path("batch/<uuid:key>/issue/", bulk_views.issue, name="batch_issue"),
    path("batch/<uuid:key>/pdf/", bulk_views.pdf, name="batch_pdf"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/void/", views.void, name="void"),
    path("<int:pk>/reissue/", views.reissue, name="reissue"),
    path("<int:pk>/receipt/", views.receipt, name="receipt"),
    path("<int:pk>/pdf/", views.pdf, name="pdf"),
    path("<int:pk>/print/", views.sheet, name="sheet"),
]
