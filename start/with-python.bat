@echo off
rem Finds a Python of 3.11 or later and lets it run start.py: with-python.bat start, or stop.
rem ASCII alone: what is said in Japanese is in no-python.txt and in start.py.
setlocal
title Kayoi Map
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set PY="%~dp0..\python\python.exe"
if exist %PY% %PY% -E -s -B "%~dp0start.py" --fits >nul 2>nul && goto found
for %%V in (3.13 3.12 3.11 3.14 3) do (
  set PY=py -%%V
  py -%%V -E -s -B "%~dp0start.py" --fits >nul 2>nul && goto found
)
set PY=python
python -E -s -B "%~dp0start.py" --fits >nul 2>nul && goto found
echo Python 3.11 or later is needed: see the text that opens now (no-python.txt).
start "" "%~dp0no-python.txt"
pause
exit /b 1
:found
%PY% -E -s -B -X utf8 "%~dp0start.py" %*
exit /b
