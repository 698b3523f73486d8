"""A whole season of the demo county, told part by part; who acts does so by HTTP alone."""
