"""Run the command line with ``python -m cloudsim``."""

from cloudsim.cli.main import main

if __name__ == "__main__":
    main()
