"""The register: where records are kept for good (社会資源の台帳)."""
