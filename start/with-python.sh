#!/bin/sh
# Finds a Python of 3.11 or later and lets it run start.py: sh with-python.sh start, or stop.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
for one in "$here/../python/bin/python3" python3.13 python3.12 python3.11 python3.14 python3 \
  /opt/homebrew/bin/python3.13 /opt/homebrew/bin/python3 /usr/local/bin/python3.13 /usr/local/bin/python3 \
  /Library/Frameworks/Python.framework/Versions/3.13/bin/python3 \
  /Library/Frameworks/Python.framework/Versions/3.12/bin/python3 \
  /Library/Frameworks/Python.framework/Versions/3.11/bin/python3 \
  /Library/Frameworks/Python.framework/Versions/3.14/bin/python3; do
  found=$(command -v "$one" 2>/dev/null) || continue
  # A Mac's own asks to install developer's tools where there are none.
  if [ "$found" = /usr/bin/python3 ] && [ "$(uname)" = Darwin ]; then
    xcode-select -p >/dev/null 2>&1 || continue
  fi
  "$found" -E -s -B "$here/start.py" --fits >/dev/null 2>&1 || continue
  exec "$found" -E -s -B -X utf8 "$here/start.py" "$@"
done
cat "$here/no-python.txt"
[ -t 0 ] && read -r _
exit 1
