"""Addresses of the day."""

from django.urls import path

from desk.my_day import views, views_updates

urlpatterns = [
    path("my-day/", views.my_day, name="my_day"),
    path("my-day/updates/", views_updates.updates_due, name="updates_due"),
    path("my-day/letters/<int:notice_id>/done/", views.letter_done, name="letter_done"),
]
