"""The offline field app: plain files a browser keeps, served under ``/field/`` (野外アプリ)."""
