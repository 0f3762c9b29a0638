"""`make nation`: how fast the portal is with a nation in it, on PostgreSQL."""
