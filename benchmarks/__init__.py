"""What is counted and not timed; run as modules from the root of the repository. Times: ``cloudsim bench``."""
