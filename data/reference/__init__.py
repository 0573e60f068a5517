"""Reference data: taxonomies, catalogues, countries, cities and months."""
