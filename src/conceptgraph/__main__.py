"""``python -m conceptgraph`` is the command line."""

from conceptgraph.cli import main

if __name__ == "__main__":
    main(prog_name="conceptgraph")
