from django.urls import path

from portal.home import search, views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("my-learning/", views.my_learning, name="my_learning"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("glossary/", search.glossary, name="glossary"),
]
