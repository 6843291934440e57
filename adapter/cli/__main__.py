"""`python -m adapter.cli` is `meso`."""

from adapter.cli import main

main()
