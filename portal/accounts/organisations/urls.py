from django.urls import path

from portal.accounts.organisations import views

app_name = "organisations"

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("<slug:code>/", views.organisation, name="organisation"),
    path("<slug:code>/add/", views.add, name="add"),
    path("<slug:code>/assign/", views.assign, name="assign"),
    path("<slug:code>/courses/<slug:course>/", views.change, name="change"),
    path("<slug:code>/members/<int:membership>/end/", views.end, name="end"),
]
