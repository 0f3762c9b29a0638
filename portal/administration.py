from django.contrib.admin.apps import AdminConfig


class Administration(AdminConfig):
    """Django's administration behind our own door."""

    default_site = "portal.accounts.administration.PortalAdminSite"
