from django.urls import path

from portal.home import manifest, style_guide, views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("my-learning/", views.my_learning, name="my_learning"),
    path("style-guide/", style_guide.guide, name="style_guide"),
    path("style-guide/<slug:theme>/", style_guide.panel, name="style_guide_panel"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
]
