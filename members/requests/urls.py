"""Addresses of deciding what people ask about their own data."""

from django.urls import path

from . import views

app_name = "requests"
urlpatterns = [
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/reveal/", views.reveal, name="reveal"),
    path("<int:pk>/reveal/phone/", views.reveal_phone, name="reveal_phone"),
]
