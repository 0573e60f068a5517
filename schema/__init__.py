"""The GraphQL language of Byline: types, arguments, cursors. Knows the store protocol, no concrete store."""
