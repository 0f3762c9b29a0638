from django.urls import include, path

from portal.accounts import views

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
