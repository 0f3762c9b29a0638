"""People, places and what they did, told as in the portal and counted once more by hand."""
