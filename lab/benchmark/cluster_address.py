"""Which Dask cluster is meant, and whether that can be."""

import importlib.util
import os
import re

from lab.base import LabError

CLUSTER_VARIABLE = "PLAYGROUND_CLUSTER"
_ADDRESS = re.compile(r"(tcp|tls)://[A-Za-z0-9_.\-\[\]:]+:(?P<port>\d{1,5})")
_PORTS = range(1, 65536)


def default_cluster() -> str:
    """Return the address that PLAYGROUND_CLUSTER names, or nothing."""
    return os.environ.get(CLUSTER_VARIABLE, "").strip()


def check_cluster(address: str) -> None:
    """Raise a LabError when a text is no address of a cluster, or Dask is not installed."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise LabError(
            f"{address[:80]!r} is not the address of a Dask cluster",
            hint="It looks like tcp://host:8786, or tls://host:8786 for an encrypted one.",
        )
    if int(found["port"]) not in _PORTS:
        raise LabError(
            f"the address {address[:80]!r} of a Dask cluster has no port that there can be",
            hint=f"Ports are numbers from {_PORTS[0]} to {_PORTS[-1]}, of a scheduler mostly 8786.",
        )
    if importlib.util.find_spec("distributed") is None:
        raise LabError(
            "a cluster needs Dask, which is not installed",
            hint="Install it with 'pip install -r requirements-cluster.txt'.",
        )
