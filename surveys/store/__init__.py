"""The register: where records are kept for good (調査の台帳)."""
