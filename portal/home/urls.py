from django.urls import path

from portal.home import manifest, my_learning, privacy, search, style_guide, views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("style-guide/", style_guide.guide, name="style_guide"),
    path("style-guide/<slug:theme>/", style_guide.panel, name="style_guide_panel"),
    path("my-learning/", my_learning.by_course, name="my_learning"),
    path("my-learning/skills/", my_learning.by_skill, name="my_skills"),
    path("my-learning/certificates/", my_learning.certificate_list, name="certificates"),
    path("my-learning/certificates/<uuid:public_id>/", my_learning.certificate, name="certificate"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("glossary/", search.glossary, name="glossary"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
]
