"""Is the HTML of every page valid? Asked of the W3C's own checker (vnu), where Java is present."""
