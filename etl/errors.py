"""Named errors of the platform: what went wrong outside our own rows."""

from __future__ import annotations

from spatial.errors import GolmokError


class PlatformError(GolmokError):
    """Something the platform stands on is missing or wrong."""


class SettingWrong(PlatformError):
    """A setting or a district file holds a value that cannot be used."""


class UnknownDistrict(SettingWrong):
    """No settings file describes the district of this name."""


class ClusterUnavailable(PlatformError):
    """The private PostGIS cluster cannot be found, made or started."""


class DatabaseUnreachable(PlatformError):
    """The database does not answer."""


class DatabaseSlow(PlatformError):
    """The database took longer over one question than a person waits for."""


class NotPermitted(PlatformError):
    """The database's user may not do what is asked."""


class SetUpFailed(PlatformError):
    """A step of the set-up could not be done."""


class ConnectionCut(DatabaseUnreachable):
    """The connection to the database was lost on the way: what was not kept by then is undone."""


class KeepUnknown(ConnectionCut):
    """The connection was lost while a load was being kept, and nobody could be asked whether it was."""


class DatabaseFull(PlatformError):
    """The database's disk is full: the command was undone."""


class DatabaseBusy(PlatformError):
    """Others hold what the command needs, and did not let go in time."""


class Contended(DatabaseBusy):
    """The database undid a command because it stood in another one's way: the same again may well succeed."""


class DiskFull(PlatformError):
    """This machine's disk is full."""


class ClockBack(PlatformError):
    """The clock stands before the day of the last load: one of the two is wrong."""
