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


class SetUpFailed(PlatformError):
    """A step of the set-up could not be done."""
