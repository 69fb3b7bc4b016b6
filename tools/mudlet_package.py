#!/usr/bin/env python3
"""Makes the Mudlet package of clients/mudlet: a zip archive with config.lua, and the script inside of Mudlet's XML.

mudlet_package.py OUTPUT: the same sources give the same bytes."""
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape

SOURCE = pathlib.Path(__file__).resolve().parent.parent / "clients" / "mudlet"
EPOCH = (1980, 1, 1, 0, 0, 0)  # The first moment that a zip archive knows.

XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE MudletPackage>
<MudletPackage version="1.001">
  <ScriptPackage>
    <Script isActive="yes" isFolder="no">
      <name>gyre</name>
      <packageName>gyre</packageName>
      <script>{script}</script>
      <eventHandlerList />
    </Script>
  </ScriptPackage>
</MudletPackage>
"""


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    script = (SOURCE / "gyre.lua").read_text(encoding="utf-8")
    files = {"config.lua": (SOURCE / "config.lua").read_text(encoding="utf-8"), "gyre.xml": XML.format(script=escape(script))}
    output = pathlib.Path(sys.argv[1])
    output.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text.encode(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
