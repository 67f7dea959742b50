@echo off
rem Starts Kayoi Map by a double click. All it does is told in docs/start.md.
if not exist "%~dp0with-python.bat" goto notwhole
call "%~dp0with-python.bat" start %*
exit /b
:notwhole
echo Mazu zip wo migi-click shite [Subete tenkai] wo erabi,
echo hiraita folder no naka no mono wo double-click shite kudasai.
echo.
echo First right-click the zip and choose Extract All,
echo then double-click inside the extracted folder.
pause
exit /b 1
