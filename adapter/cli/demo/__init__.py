"""The story of mevrouw Wolderink, told by real requests to a real server process."""
