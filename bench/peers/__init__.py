"""The servers that Byline is compared with, each written as somebody who knows the tool would write it first."""
