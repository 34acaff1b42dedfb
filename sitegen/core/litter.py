r"""Litter: names of what file managers, editors and sync tools leave in any folder.

Nobody puts it there on purpose, so it must neither stop a build nor be published. It isn't ours to delete,
but much of it describes the other files of its folder, down to small pictures of them.
"""

import re

_NOTES = re.compile(
    r"\._.*|\.DS_Store|\.localized|Icon\r"  # macOS
    r"|Thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini"  # Windows
    r"|\.directory|\.nfs[0-9a-f]+|\.fuse_hidden.*"  # Linux
    r"|.+~|\.#.*|#.*#|.+\.sw[n-px]|\.~lock\..*#|~\$.*",  # editors and office programs
    re.IGNORECASE | re.DOTALL,
)
_MARKERS = re.compile(
    r"\.apdisk|\.VolumeIcon\.icns|\.com\.apple\.timemachine\.donotpresent"
    r"|\.dropbox(\.attr)?|\.stfolder|\.stignore|\.syncthing\..*|~syncthing~.*"
    r"|\.sync_.*|\._sync_.*|\.csync_journal\.db.*|\.(owncloud|nextcloud)sync\.log",
    re.IGNORECASE | re.DOTALL,
)
_FOLDERS = re.compile(
    r"\.AppleDouble|@eaDir"
    r"|\.Spotlight-V100|\.fseventsd|\.Trashes|\.Trash-\d+|\.TemporaryItems|\.DocumentRevisions-V100"
    r"|\$RECYCLE\.BIN|lost\+found"
    r"|\.dropbox\.cache|\.stfolder|\.stversions|\.sync|\.tmp\.drive(download|upload)|\.SynologyWorkingDirectory",
    re.IGNORECASE,
)

MADE = (".html", ".webp", ".jpg", ".xml", ".md")


def is_file(name: str) -> bool:
    """Whether a file of this name is litter."""
    if name.endswith(MADE) and name[0].isalnum():  # nearly all files of a site, in a tenth of the time
        return False
    return bool(_NOTES.fullmatch(name) or _MARKERS.fullmatch(name))


def is_folder(name: str) -> bool:
    """Whether a folder of this name is litter, with all that is in it."""
    return bool(_FOLDERS.fullmatch(name))


def describes_others(name: str) -> bool:
    """Whether such litter can hold the names, the text or pictures of other files in its folder."""
    return name in (".AppleDouble", "@eaDir") or bool(_NOTES.fullmatch(name) and not _MARKERS.fullmatch(name))
