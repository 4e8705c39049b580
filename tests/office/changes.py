#!/usr/bin/env python3
"""Opens documents in LibreOffice, accepts or rejects all changes, and prints the paragraphs as JSON.

changes.py PROFILE (FILE MODE)...   with MODE accept, reject or keep.
"""
import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def paragraphs(document):
    read = []
    every = document.Text.createEnumeration()
    while every.hasMoreElements():
        paragraph = every.nextElement()
        if paragraph.supportsService("com.sun.star.text.Paragraph"):
            read.append({
                "text": paragraph.String,
                "style": paragraph.ParaStyleName,
                "number": paragraph.ListLabelString,
                "rtl": paragraph.WritingMode == 1,
            })
    return read


def comments(document):
    read = []
    every = document.TextFields.createEnumeration()
    while every.hasMoreElements():
        field = every.nextElement()
        if field.supportsService("com.sun.star.text.textfield.Annotation"):
            read.append({"author": field.Author, "text": field.Content})
    return read


def authors(document):
    read = []
    every = document.Redlines.createEnumeration()
    while every.hasMoreElements():
        change = every.nextElement()
        read.append([change.RedlineType, change.RedlineAuthor])
    return read


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(1200):
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except Exception:
            time.sleep(0.1)
    sys.exit("LibreOffice did not start")


def main():
    profile, work = sys.argv[1], sys.argv[2:]
    pipe = "plenary%d" % os.getpid()
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nolockcheck", "-env:UserInstallation=file://" + profile,
         "--accept=pipe,name=%s;urp;" % pipe],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = connect(pipe)
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    told = []
    for file, mode in zip(work[::2], work[1::2]):
        # Without a handler that may repair it, a broken file is not opened.
        document = desktop.loadComponentFromURL("file://" + file, "_blank", 0, (prop("Hidden", True),))
        if document is None:
            sys.exit("%s cannot be opened" % file)
        told.append({"authors": authors(document), "comments": comments(document)})
        if mode in COMMANDS:
            dispatcher.executeDispatch(document.CurrentController.Frame, COMMANDS[mode], "", 0, ())
        told[-1]["paragraphs"] = paragraphs(document)
        document.close(True)
    json.dump(told, sys.stdout)
    sys.stdout.flush()
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait(60)


main()
