"""Addresses of signing at the home."""

from django.urls import path

from desk.signing import views, views_kept

urlpatterns = [
    path("cases/sign/<str:place>/", views.sign_at_home, name="sign_at_home"),
    path("cases/sign-offs/<str:reference>/", views_kept.sign_off_detail, name="sign_off_detail"),
    path("cases/sign-offs/<str:reference>/pdf/", views_kept.sign_off_pdf, name="sign_off_pdf"),
    path("cases/sign-offs/<str:reference>/signature/", views_kept.sign_off_signature, name="sign_off_signature"),
]
