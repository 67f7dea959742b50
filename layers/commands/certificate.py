"""A certificate and its key, looked at before the server starts (証明書)."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from pathlib import Path


def check_pair(cert: Path | None, key: Path | None) -> bool:
    """Say whether to serve https: both files are given and fit each other (証明書を確かめる).

    Raises
    ------
    InputError
        When one is missing, cannot be read, or they do not belong together.
    """
    if cert is None and key is None:
        return False
    if cert is None or key is None:
        raise InputError(
            Words("--cert と --key は、両方渡してください", "give both --cert and --key")
        )
    for file in (cert, key):
        try:
            file.read_bytes()
        except OSError as error:
            raise InputError(
                Words(
                    f"{file} を読めません（{error.strerror}）",
                    f"cannot read {file} ({error.strerror})",
                )
            ) from error
    try:
        # Without a pass phrase of its own, OpenSSL would ask at the terminal of a service.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=lambda: "")
    except (ssl.SSLError, ValueError) as error:
        if getattr(error, "reason", "") == "KEY_VALUES_MISMATCH":
            raise InputError(
                Words(
                    f"証明書 {cert} と鍵 {key} が、対になっていません",
                    f"certificate {cert} and key {key} do not belong together",
                )
            ) from error
        raise InputError(
            Words(
                f"証明書 {cert} か鍵 {key} を使えません。PEM 形式で、鍵にパスフレーズのないものにしてください",
                f"cannot use certificate {cert} or key {key}: both must be PEM, the key without a pass phrase",
            )
        ) from error
    return True
