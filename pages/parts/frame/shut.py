"""What of Streamlit's own settings is read, and what it may offer: ours alone (Streamlit の設定を決める).

Streamlit reads ``.streamlit`` in the home folder and in the current one, wherever it is started:
a town's folder that came from elsewhere could open the app. It reads the app's own alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from streamlit import config

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER: Final = ".streamlit"
FILE: Final = "config.toml"
# Whatever a file or the environment says.
FIXED: Final[Mapping[str, Any]] = {
    "global.developmentMode": False,
    # No files beside the script, no driving without a browser, no look at how the script does.
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    # A served town's pages do not change under their readers.
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.allowRunOnSave": False,
    "server.folderWatchList": [],
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.enableXsrfProtection": True,
    # Who somebody is, the gate says, and no header.
    "server.trustedUserHeaders": "{}",
    "server.unsafeMetricsUserAttributes": [],
    "server.customComponentBaseUrlPath": "",
    "browser.gatherUsageStats": False,
    # No page that holds ours in a frame may press anything in it.
    "client.allowedOrigins": [],
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "secrets.files": [],
}


def shut_streamlit(app_folder: Path) -> None:
    """Read the app's own settings alone, and fix those that would open it (設定を決める).

    Before the first setting is asked for; `app_folder` holds ``app.py``.
    """
    own = str(app_folder / FOLDER / FILE)

    def find_files(file_name: str) -> list[str]:
        return [own] if file_name == FILE else []

    config.get_config_files = find_files
    # As flags they stand above the environment.
    config.get_config_options(force_reparse=True, options_from_flags=dict(FIXED))
