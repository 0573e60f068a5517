"""`python -m byline`: the command line without the console script."""

from byline.api.cli.main import main

# Worker processes import this module again, under another name.
if __name__ == "__main__":
    main()
