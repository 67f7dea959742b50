"""One GeoPackage with every layer, styled, for planners (計画する人のファイル)."""
