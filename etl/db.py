"""The database of a district: made, opened under a role, closed. Light to import: no frames, no Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from etl import cluster, faults, migrate
from etl import settings as settings_
from etl.cluster import Server
from etl.errors import ConnectionCut, DatabaseUnreachable, NotPermitted, PlatformError, SettingWrong
from etl.settings import District, sql_folder

if TYPE_CHECKING:
    from adbc_driver_postgresql.dbapi import Connection as ArrowConnection

Role = Literal["owner", "loader", "staff", "public"]

_NO_DATABASE = "3D000"
_DUPLICATE_DATABASE = "42P04"
_NOT_PERMITTED = "42501"


class NotInitialised(PlatformError):
    """The district's database or its schema is missing, or older than the software."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database of one district, under one role.

    engine  SQLAlchemy's, for small reads and what people write
    uri     libpq's, for Arrow through ADBC; it sets the same role
    held    the connection that `one_after_another` keeps open
    """

    district: District
    engine: Engine
    uri: str
    role: Role
    held: ArrowConnection | None = None

    @contextmanager
    def arrow(self) -> Iterator[ArrowConnection]:
        """Open an ADBC connection, in a transaction of its own: what the caller does not commit is undone.

        Raises DatabaseUnreachable when the server does not answer, ConnectionCut when it is gone before the caller is
               done, and what etl.faults names: DatabaseFull, DatabaseBusy, Contended, ...
        """
        from adbc_driver_postgresql import dbapi  # pyarrow takes a while: `status` does without

        try:
            opened = self.held or dbapi.connect(self.uri)
        except dbapi.OperationalError as error:
            raise DatabaseUnreachable(faults.first_line(error)) from error
        try:
            with opened if self.held is None else _undone(opened) as connection:
                yield connection
        except dbapi.Error as error:
            if meant := faults.named(error):
                raise meant from error
            if isinstance(error, dbapi.OperationalError) and faults.lost(error):
                raise ConnectionCut(faults.first_line(error)) from error
            raise

    @contextmanager
    def one_after_another(self) -> Iterator[Database]:
        """Yield this database with one ADBC connection for all that is read in turn, never one within another.

        To connect takes some 40 ms, longer than most frames take to be read. Raises as `arrow`.
        """
        with self.arrow() as connection:
            yield replace(self, held=connection)

    @contextmanager
    def at_one_moment(self) -> Iterator[Database]:
        """Yield this database on one connection that is only read: all questions put to it see one state of the network.

        A connection taken once, not for each question, saves a third of a millisecond each. One that is held stays held.
        """
        engine: object = self.engine
        if isinstance(engine, _Held):
            yield self
            return
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as connection:
            yield replace(self, engine=cast("Engine", _Held(connection)))

    def close(self) -> None:
        """Close the engine's connections."""
        self.engine.dispose()


@contextmanager
def _undone(connection: ArrowConnection) -> Iterator[ArrowConnection]:
    """Undo at the end what was not committed, and leave the connection open."""
    try:
        yield connection
    finally:
        connection.rollback()


class _Held:
    """Gives one connection to everyone who asks for one, and keeps it open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        yield self._connection


def open_database(
    district: str | None = None, *, role: Role = "staff", patience_s: float | None = None
) -> Database:
    """Open a district's database under a role; start the private cluster when it is down.

    district  its name; None takes GOLMOK_DISTRICT, else the sample
    patience_s  how long a statement of the engine may take, then it is DatabaseSlow; None: as long as it takes
    Raises    DatabaseUnreachable when the server does not answer
              NotInitialised      when the database or its schema is missing or older than the software
    """
    wanted = settings_.district(district)
    database = connect(wanted, the_server(), role=role, patience_s=patience_s)
    try:
        _require_schema(database)
    except BaseException:
        database.close()
        raise
    return database


def init_district(name: str | None = None) -> District:
    """Make a district's database, its extensions, roles and schema, or bring them up to date. Idempotent.

    Raises    DatabaseUnreachable when the server does not answer
              NotPermitted        when the database's user may not do it; the sentence says what is lacking
              SettingWrong        when the database was made with another CRS
    """
    wanted = settings_.district(name)
    initialise(wanted, the_server())
    return wanted


def initialise(district: District, server: Server, *, database: str | None = None) -> None:
    """Do what `init_district` says on a server at hand; `database` takes another name than the district's."""
    name = database or district.database
    _create_database(name, server)
    engine = _engine(server.url(name), None)
    try:
        with engine.begin() as connection:
            _run(connection, f"select pg_advisory_xact_lock({migrate.LOCK})")
            _extensions(connection)
            _roles(connection)
            _run(connection, "set local role golmok_owner")
            migrate.upgrade(connection, srid=district.srid)
            _write_district(connection, district)
    except OperationalError as error:
        raise DatabaseUnreachable(_first_line(error)) from error
    finally:
        engine.dispose()


def make_empty(server: Server, database: str) -> None:
    """Make a database with the extensions and roles of a district, and nothing in it: a dump is to be read into it.

    Raises what `initialise` raises
    """
    _create_database(database, server)
    engine = _engine(server.url(database), None)
    try:
        with engine.begin() as connection:
            _extensions(connection)
            _roles(connection)
    except OperationalError as error:
        raise DatabaseUnreachable(_first_line(error)) from error
    finally:
        engine.dispose()


def connect(
    district: District,
    server: Server,
    *,
    role: Role,
    database: str | None = None,
    patience_s: float | None = None,
) -> Database:
    """Return the database of a district on a server at hand, unchecked: the first query connects."""
    name = database or district.database
    uri = with_options(server.uri(name), _options(role))
    return Database(district, _engine(server.url(name), role, patience_s), uri, role)


def with_options(uri: str, options: str) -> str:
    """Return libpq's URI with further start options beside those it has."""
    parts = urlsplit(uri)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query["options"] = " ".join(filter(None, [query.get("options"), options]))
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))


def the_server() -> Server:
    """Return the server that the settings name, else the private one, brought up when it is down."""
    chosen = settings_.settings()
    return cluster.ensure_running(chosen.state, database_url=chosen.database_url)


def _options(role: Role | None) -> str:
    # The role is taken as the session starts: no statement runs without it. Times are UTC on the wire.
    return " ".join([*([f"-c role=golmok_{role}"] if role else []), "-c timezone=UTC"])


def _engine(url: str, role: Role | None, patience_s: float | None = None) -> Engine:
    given = dict(parse_qsl(urlsplit(url).query)).get("options", "")
    patience = f"-c statement_timeout={round(1000 * patience_s)}" if patience_s else ""
    options = f"{given} {_options(role)} {patience}".strip()
    return create_engine(url, connect_args={"options": options, "connect_timeout": 10}, pool_pre_ping=True)


def _run(connection: Connection, sql: str) -> None:
    connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def _require_schema(database: Database) -> None:
    name = database.district.name
    try:
        with database.engine.connect() as connection:
            stated = connection.exec_driver_sql(
                "select obj_description(to_regnamespace('api')::oid, 'pg_namespace')"
            ).scalar()
    except OperationalError as error:
        if _database_is_missing(database.district):
            raise NotInitialised(f"District {name} has no database yet: golmok init {name}") from error
        raise DatabaseUnreachable(_first_line(error)) from error
    if stated is None:
        raise NotInitialised(f"The database of district {name} has no schema yet: golmok init {name}")
    if not stated.endswith(migrate.fingerprint(database.district.srid)):
        raise NotInitialised(f"The database of district {name} is of another version: golmok init {name}")


def _database_is_missing(district: District) -> bool:
    """Tell whether the server answers, but has no database of that name (or no role of ours yet)."""
    server = the_server()
    engine = _engine(server.url(server.database), None)
    query = (
        "select exists(select from pg_database where datname = :name)"
        " and to_regrole('golmok_owner') is not null"
    )
    try:
        with engine.connect() as connection:
            return not connection.execute(text(query), {"name": district.database}).scalar()
    except OperationalError:
        return False
    finally:
        engine.dispose()


def _create_database(name: str, server: Server) -> None:
    engine = _engine(server.url(server.database), None)
    present = text("select exists(select from pg_database where datname = :name)")
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if connection.execute(present, {"name": name}).scalar():
                return
            # The name was checked when the district's file was read: small letters, digits and _ only.
            _run(connection, f"create database {name} template template0 encoding 'UTF8'")
    except OperationalError as error:
        raise DatabaseUnreachable(_first_line(error)) from error
    except DBAPIError as error:
        if _sqlstate(error) == _NOT_PERMITTED:
            raise NotPermitted(
                f"The database's user may not create databases; ask for one called {name}."
            ) from error
        if _sqlstate(error) != _DUPLICATE_DATABASE:  # another process made it meanwhile
            raise
    finally:
        engine.dispose()


def _extensions(connection: Connection) -> None:
    there = set(connection.execute(text("select extname from pg_extension")).scalars())
    for extension in ("postgis", "btree_gist", "pg_trgm"):
        if extension in there:
            continue
        try:
            _run(connection, f"create extension {extension}")
        except DBAPIError as error:
            raise NotPermitted(
                f"The extension {extension} is missing and could not be added: {_first_line(error)}"
            ) from error


def _roles(connection: Connection) -> None:
    try:
        _run(connection, (sql_folder() / "roles.sql").read_text(encoding="utf-8"))
        name = connection.execute(text("select quote_ident(current_database())")).scalar()
        _run(connection, f"grant create, temporary on database {name} to golmok_owner")
    except DBAPIError as error:
        if _sqlstate(error) != _NOT_PERMITTED:
            raise
        raise NotPermitted(
            "The database's user may not create the roles golmok_owner, golmok_loader, golmok_staff and "
            "golmok_public; let an administrator create them and grant them to that user."
        ) from error


def _write_district(connection: Connection, district: District) -> None:
    made_with = connection.execute(text("select srid from meta.district")).scalar()
    if made_with not in (None, district.srid):
        raise SettingWrong(
            f"The database of district {district.name} was made in EPSG:{made_with}, its settings say "
            f"EPSG:{district.srid}; drop {district.database} and load it anew."
        )
    path = sql_folder() / "queries" / "write_district.sql"
    connection.execute(
        text(path.read_text(encoding="utf-8")),
        {
            "name": district.name,
            "name_ko": district.name_ko,
            "name_en": district.name_en,
            "srid": district.srid,
            "timezone": district.timezone,
            "invented": district.invented,
            "lon": district.center.lon,
            "lat": district.center.lat,
            "settings": json.dumps(
                {
                    "defaults": asdict(district.defaults),
                    "weights": dict(district.weights),
                    "retention_days": district.retention_days,
                    "matching": asdict(district.matching),
                    "live": asdict(district.live),
                }
            ),
        },
    )


def _sqlstate(error: DBAPIError) -> str | None:
    return getattr(error.orig, "pgcode", None)


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip() or type(error).__name__).splitlines()[0]
