"""Tables and queries of databases, read only."""

from lab.data.databases.address import Address, is_address, parse_address
from lab.data.databases.asked import Asked
from lab.data.databases.reading import read_database

__all__ = ["Address", "Asked", "is_address", "parse_address", "read_database"]
