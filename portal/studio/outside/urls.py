from django.urls import path

from portal.studio.outside import views

app_name = "outside"

urlpatterns = [
    path("<str:token>/", views.look, name="look"),
    path("<str:token>/comment/", views.comment, name="comment"),
    path("<str:token>/sign/", views.sign, name="sign"),
]
