"""LibreOffice accepting and rejecting all tracked changes of many files in one start.

The work is done by a macro in Basic, which comes with LibreOffice itself: no bridge to Python and
no socket is needed. The macro stands in a profile of its own, which nobody else's office sees.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

#: How long LibreOffice may take for all files, in seconds.
PATIENCE = 300

# A profile that says of itself that it is set up is not overwritten at the first start. Comments
# are not to be shown: an office without windows aborts when it is about to draw one.
_READY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Display"><prop oor:name="Note"
oor:op="fuse"><value>false</value></prop></item>
</oor:items>"""

_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"
 xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>"""

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Settle"/></library:library>"""

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle"
 script:language="StarBasic">
Sub All(folder As String)
  names = ""
  found = Dir(ConvertToURL(folder) &amp; "/*.docx")
  Do While found &lt;&gt; ""
    names = names &amp; found &amp; "/"
    found = Dir()
  Loop
  For Each name In Split(names, "/")
    If name &lt;&gt; "" Then
      One folder, name, "accept", ".uno:AcceptAllTrackedChanges"
      One folder, name, "reject", ".uno:RejectAllTrackedChanges"
    End If
  Next
  StarDesktop.terminate()
End Sub

Sub One(folder, name, how, command)
  result = ConvertToURL(folder &amp; "/" &amp; how &amp; "/" &amp; name)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  file = StarDesktop.loadComponentFromURL(ConvertToURL(folder &amp; "/" &amp; name), _
    "_blank", 0, opening())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(file.CurrentController.Frame, command, "", 0, Array())
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "MS Word 2007 XML"
  file.storeToURL(result, saving())
  file.close(True)
End Sub
</script:module>"""


def settle(soffice: str, folder: Path) -> None:
    """For each ``.docx`` in a folder, save what it is once all is accepted, and once rejected.

    The results stand under the same names in its folders ``accept`` and ``reject``.
    """
    profile = folder / "profile"
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_READY, encoding="utf-8")
    (library.parent / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Settle.xba").write_text(_MODULE, encoding="utf-8")
    for how in ("accept", "reject"):
        (folder / how).mkdir()
    command = [
        soffice,
        "--headless",
        "--norestore",
        "--nologo",
        f"-env:UserInstallation={profile.as_uri()}",
        f'macro:///Standard.Settle.All("{folder}")',
    ]
    run = subprocess.run(command, check=False, timeout=PATIENCE, capture_output=True)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
