"""From what is published to the files of a package: what reading it again leaves alone."""
