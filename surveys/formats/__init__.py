"""The register's records in and out of files, one file a format (台帳の書式)."""
