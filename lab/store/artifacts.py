"""Other things worth keeping, such as explanations: a file each, named by kind and key."""

import time

from lab.base import LabError, fingerprint_bytes, telling_disk_faults, writing_whole
from lab.store.shelf import Shelf


class ArtifactShelf(Shelf):
    """Where artifacts are kept."""

    def save_artifact(self, kind: str, key: str, data: bytes) -> None:
        """Keep some bytes under a kind and a key; what was there is replaced."""
        path = self.workspace.path("artifacts", kind, key)
        with telling_disk_faults(path), writing_whole(path) as file:
            file.write(data)
        with self.database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO artifact VALUES (?,?,?,?)",
                (kind, key, fingerprint_bytes([data]), time.time()),
            )

    def delete_artifact(self, kind: str, key: str) -> None:
        """Delete what is kept under a kind and a key, if anything is."""
        with self.database.writing() as connection:
            found = connection.execute(
                "DELETE FROM artifact WHERE kind = ? AND key = ?", (kind, key)
            ).rowcount
        if found:
            path = self.workspace.path("artifacts", kind, key)
            with telling_disk_faults(path):
                path.unlink(missing_ok=True)

    def note_artifact(self, experiment_id: str, key: str) -> None:
        """Note that an experiment has, or will have, an artifact, which is deleted with it."""
        with self.database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO experiment_artifact VALUES (?,?)", (experiment_id, key)
            )

    def load_artifact(self, kind: str, key: str) -> bytes | None:
        """Return the bytes kept under a kind and a key, or None; LabError when they changed."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT checksum FROM artifact WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
        if row is None:
            return None
        path = self.workspace.path("artifacts", kind, key)
        data = path.read_bytes() if path.is_file() else b""
        if fingerprint_bytes([data]) != row["checksum"]:
            raise LabError(f"the kept {kind} was changed or lost", hint="Compute it again.")
        return data
