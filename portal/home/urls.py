from django.urls import path

from portal.home import manifest, views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("my-learning/", views.my_learning, name="my_learning"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
]
