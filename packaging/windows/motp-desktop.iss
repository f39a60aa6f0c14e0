; The installer for Windows, by Inno Setup 6.3 or newer:
;   iscc /DVersion=0.1.0 packaging\windows\motp-desktop.iss
; It packs build\frozen\motp-desktop, which tools/freeze.sh makes there.
#ifndef Version
  #error Say which version it is: iscc /DVersion=...
#endif

[Setup]
; Never another one: Windows knows an older version by it.
AppId={{187BC222-B24B-4E6E-B35F-00C594DF3B3D}
AppName=원격훈련 mOTP
AppVersion={#Version}
AppPublisher=motp-desktop
DefaultDirName={autopf}\motp-desktop
DefaultGroupName=원격훈련 mOTP
DisableProgramGroupPage=yes
; For everybody by an administrator, or for oneself without one.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
CloseApplications=yes
RestartApplications=no
OutputDir=..\..\dist
OutputBaseFilename=motp-desktop-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
UninstallDisplayIcon={app}\motp-desktop.exe
WizardStyle=modern

[Languages]
Name: "korean"; MessagesFile: "compiler:Languages\Korean.isl"
Name: "english"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
korean.Autostart=로그인할 때 알림 영역에서 시작
english.Autostart=Start in the notification area when I log in
korean.Session=시작:
english.Session=Start:

[Tasks]
Name: "autostart"; Description: "{cm:Autostart}"; GroupDescription: "{cm:Session}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not would be loaded beside it.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\build\frozen\motp-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\원격훈련 mOTP"; Filename: "{app}\motp-desktop.exe"

[Registry]
; motp:// links, as the app itself enters them for one person
; (motp_desktop/services/adapters/link_handler.py).
Root: HKA; Subkey: "Software\Classes\motp"; ValueType: string; ValueName: ""; ValueData: "URL:motp"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\motp"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\motp\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\motp-desktop.exe"" open -- ""%1"""
; Starting with the session, for the person who installs: each decides that in the app as well
; (motp_desktop/services/adapters/autostart.py).
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "motp-desktop"; ValueData: """{app}\motp-desktop.exe"" --background"; Tasks: autostart; Flags: uninsdeletevalue
; What the app enters for a person by itself is taken away with it.
Root: HKCU; Subkey: "Software\Classes\motp"; ValueType: none; Flags: dontcreatekey uninsdeletekey
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; ValueName: "motp-desktop"; Flags: dontcreatekey uninsdeletevalue

[Run]
Filename: "{app}\motp-desktop.exe"; Description: "{cm:LaunchProgram,원격훈련 mOTP}"; Flags: nowait postinstall skipifsilent
