"""`python -m byline`: the command line without the console script."""

from byline.api.cli import main

main()
