"""An identity service for the tests: a real OpenID provider (django-oauth-toolkit), a process of its own."""
