"""Makes the generated reference files again from their npm packages: `python -m data.reference.build`.

The one program of the project that fetches anything, and nothing calls it at run time: its results are
committed. Versions are pinned, so two runs write the same files.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from data.reference.build_networks import write_networks
from data.reference.build_shapes import write_points, write_shapes

FOLDER = Path(__file__).resolve().parent
# Of the country databases on npm this one agrees best with an independent one (docs/reference-data.md).
COUNTRY_RANGES = "@ip-location-db/geo-whois-asn-country@2.3.2026061719"
OPERATOR_RANGES = "@ip-location-db/asn@2.3.2026061719"
ATLAS = "world-atlas@2.0.2"


def fetch(package: str, folder: Path) -> Path:
    """Unpack the npm `package` (`name@version`) below `folder` and answer where its files lie."""
    target = folder / package.replace("/", "_")
    target.mkdir()
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=target, check=True, capture_output=True, text=True
    )
    with tarfile.open(target / packed.stdout.split()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def main() -> None:
    """Fetch the three packages and write every generated file of this folder."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        atlas = fetch(ATLAS, scratch)
        write_shapes(atlas / "countries-110m.json", FOLDER / "shapes.json")
        finer = [atlas / f"countries-{size}.json" for size in ("50m", "10m")]
        write_points(finer, FOLDER / "country_points.csv")
        write_networks(fetch(COUNTRY_RANGES, scratch), fetch(OPERATOR_RANGES, scratch), FOLDER)
    for path in sorted(FOLDER.iterdir()):
        sys.stdout.write(f"{path.stat().st_size:>10,} {path.name}\n")


if __name__ == "__main__":
    main()
