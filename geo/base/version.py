"""The version of this tool (版)."""

VERSION = "0.1.0"
