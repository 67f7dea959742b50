"""One column type for shapes on both databases (形の列)."""

from __future__ import annotations

from typing import Any, Final

import shapely
from sqlalchemy import LargeBinary, types

SRID: Final = 4326


class PostgisGeometry(types.UserDefinedType[Any]):
    """PostGIS's own ``geometry`` column (PostGIS の形)."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the column as it is declared (列の宣言)."""
        return f"geometry(Geometry,{SRID})"


class ShapeType(types.TypeDecorator[shapely.Geometry]):
    """A shape in degrees (EPSG:4326): WKB in SQLite, a geometry in PostGIS (形の列の型).

    PostGIS takes and gives hexadecimal EWKB, so that no function wraps the column.
    """

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> types.TypeEngine[Any]:  # noqa: ANN401 - SQLAlchemy's own
        """Return the column type of a database (データベースごとの型)."""
        postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(PostgisGeometry() if postgres else LargeBinary())  # type: ignore[no-any-return]

    def process_bind_param(
        self,
        value: shapely.Geometry | None,
        dialect: Any,  # noqa: ANN401 - SQLAlchemy's own
    ) -> str | bytes | None:
        """Return a shape as the database takes it (書く形)."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            return str(shapely.to_wkb(shapely.set_srid(value, SRID), hex=True, include_srid=True))
        return bytes(shapely.to_wkb(value))

    def process_result_value(self, value: Any, _dialect: Any) -> shapely.Geometry | None:  # noqa: ANN401
        """Return what the database holds as a shape (読む形)."""
        if value is None:
            return None
        return shapely.set_srid(shapely.from_wkb(value), 0)
