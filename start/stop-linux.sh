#!/bin/sh
# Stops Kayoi Map by a double click. All it does is told in docs/start.md.
exec sh "$(dirname "$0")/with-python.sh" stop "$@"
