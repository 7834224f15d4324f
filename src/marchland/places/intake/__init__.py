"""Taking in what a user adds to the gazetteer: GeoNames dumps, boundaries as GeoJSON, tables.

file -> sources (files) -> format (forms) -> items (geonames, boundaries, tables) -> layer (writer, links)
"""
