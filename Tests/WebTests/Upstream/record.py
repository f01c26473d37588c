#!/usr/bin/env python3
"""Records what nhsuk-frontend's own templates make of the parameters below, for ConformanceTests.swift.

    pip install nhsuk-frontend-jinja==0.8.0     # pairs with nhsuk-frontend 10.4
    python3 Tests/WebTests/Upstream/record.py   # rewrites the .html files beside it
"""
import pathlib

import jinja2

LABEL, HINT, ERROR = {"text": "Label"}, {"text": "Hint"}, {"text": "Problem"}
CHOICES = [
    {"value": "a", "text": "First", "hint": {"text": "About it"}, "conditional": {"html": "<p>More</p>"}},
    {"divider": "or"},
    {"value": "b", "text": "Second", "checked": True},
]
ROWS = [
    {"key": {"text": "Name"}, "value": {"text": "Amina"},
     "actions": {"items": [{"href": "/c", "text": "Change", "visuallyHiddenText": "name"}]}},
    {"key": {"text": "Born"}, "value": {"html": "<b>1979</b>"}},
    {"key": {"text": "Files"}, "value": {"text": "2"},
     "actions": {"items": [{"href": "/c", "text": "Add", "visuallyHiddenText": "file"}, {"href": "/d", "text": "Delete"}]}},
]

CASES = {
    "button": ("button", {"text": "Save", "preventDoubleClick": True}),
    "button-secondary": ("button", {"text": "Save", "preventDoubleClick": True, "variant": "secondary", "small": True,
                                    "name": "do", "value": "save"}),
    "button-link": ("button", {"text": "Start", "href": "/start"}),
    "input": ("input", {"label": LABEL, "hint": HINT, "errorMessage": ERROR, "name": "n", "id": "n", "value": "v",
                        "width": "10", "type": "email", "autocomplete": "email", "spellcheck": False}),
    "input-plain": ("input", {"label": LABEL, "name": "n", "id": "n"}),
    "input-heading": ("input", {"label": {"text": "What is it?", "isPageHeading": True, "size": "l"}, "name": "n",
                                "inputmode": "numeric", "prefix": "£", "suffix": "a day"}),
    "password-input": ("password-input passwordInput", {"label": LABEL, "hint": HINT, "errorMessage": ERROR,
                                                        "name": "n", "id": "n", "autocomplete": "new-password"}),
    "textarea": ("textarea", {"label": LABEL, "hint": HINT, "errorMessage": ERROR, "name": "n", "id": "n",
                              "value": "a\nb", "rows": 8}),
    "character-count": ("character-count characterCount", {"label": LABEL, "hint": HINT, "errorMessage": ERROR,
                                                           "name": "n", "id": "n", "value": "v", "maxlength": 200}),
    "date-input": ("date-input dateInput", {
        "id": "dob", "namePrefix": "dob", "fieldset": {"legend": {"text": "Date of birth", "size": "m"}},
        "hint": HINT, "errorMessage": ERROR, "items": [
            {"name": "day", "value": "4", "width": 2, "error": True, "autocomplete": "bday-day"},
            {"name": "month", "value": "7", "width": 2, "error": True, "autocomplete": "bday-month"},
            {"name": "year", "value": "1979", "width": 4, "error": True, "autocomplete": "bday-year"}]}),
    "date-input-plain": ("date-input dateInput", {
        "id": "on", "namePrefix": "on", "fieldset": {"legend": {"text": "When", "size": "l", "isPageHeading": True}}}),
    "file-upload": ("file-upload fileUpload", {
        "id": "f", "name": "f", "label": LABEL, "hint": HINT, "errorMessage": ERROR, "multiple": True,
        "attributes": {"accept": ".pdf,.jpg"}, "chooseFilesButtonText": "Choose files",
        "dropInstructionText": "or drop files here"}),
    "fieldset": ("fieldset", {"legend": {"text": "Legend", "size": "l", "isPageHeading": True}, "html": "<p>x</p>"}),
    "radios": ("radios", {"name": "n", "idPrefix": "n", "hint": HINT, "errorMessage": ERROR, "items": CHOICES,
                          "fieldset": {"legend": {"text": "Legend", "size": "l", "isPageHeading": True}}}),
    "radios-inline": ("radios", {"name": "n", "idPrefix": "n", "classes": "nhsuk-radios--inline",
                                 "fieldset": {"legend": {"text": "Legend"}},
                                 "items": [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]}),
    "radios-small": ("radios", {"name": "n", "idPrefix": "n", "small": True,
                                "fieldset": {"legend": {"text": "Legend", "size": "s"}},
                                "items": [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]}),
    "checkboxes-small": ("checkboxes", {"name": "n", "idPrefix": "n", "small": True,
                                        "fieldset": {"legend": {"text": "Legend", "size": "s"}},
                                        "items": [{"value": "a", "text": "First"}, {"value": "b", "text": "Second"}]}),
    "checkboxes": ("checkboxes", {"name": "n", "idPrefix": "n", "hint": HINT, "errorMessage": ERROR,
                                  "fieldset": {"legend": {"text": "Legend", "size": "m"}},
                                  "items": CHOICES + [{"value": "none", "text": "None", "exclusive": True}]}),
    "checkbox": ("checkboxes", {"name": "n", "idPrefix": "n", "errorMessage": ERROR,
                                "items": [{"value": "yes", "text": "I agree", "hint": {"text": "To it"}}]}),
    "select": ("select", {"name": "n", "id": "n", "label": LABEL, "hint": HINT, "errorMessage": ERROR, "value": "b",
                          "items": [{"value": "a", "text": "First"}, {"value": "b", "text": "Second"}]}),
    "error-summary": ("error-summary errorSummary", {
        "titleText": "There is a problem", "errorList": [{"text": "Enter a name", "href": "#name"}, {"text": "Wait"}]}),
    "inset-text": ("inset-text insetText", {"html": "<p>x</p>"}),
    "details": ("details", {"summaryText": "Help", "html": "<p>x</p>"}),
    "details-open": ("details", {"summaryText": "Help", "html": "<p>x</p>", "open": True}),
    "notification-banner": ("notification-banner notificationBanner", {"html": "<p>x</p>"}),
    "notification-banner-success": ("notification-banner notificationBanner", {"text": "Done", "variant": "success"}),
    "panel": ("panel", {"titleText": "Done", "html": "Your reference<br><strong>1</strong>"}),
    "pagination": ("pagination", {
        "previous": {"href": "/4"}, "next": {"href": "/6"}, "items": [
            {"number": 1, "href": "/1"}, {"ellipsis": True}, {"number": 4, "href": "/4"},
            {"number": 5, "href": "/5", "current": True}, {"number": 6, "href": "/6"}, {"number": 7, "href": "/7"}]}),
    "pagination-first": ("pagination", {
        "next": {"href": "/2"}, "items": [{"number": 1, "href": "/1", "current": True}, {"number": 2, "href": "/2"}]}),
    "summary-list": ("summary-list summaryList", {"rows": ROWS}),
    "summary-list-plain": ("summary-list summaryList", {"border": False, "rows": ROWS[1:2]}),
    "table-responsive": ("tables table", {
        "caption": "Requests", "captionClasses": "nhsuk-u-visually-hidden", "responsive": True,
        "head": [{"text": "Name"}, {"text": "Days", "format": "numeric"}],
        "rows": [[{"html": "Amina", "header": "Name"},
                  {"html": "7", "header": "Days", "format": "numeric"}]]}),
    "tag": ("tag", {"text": "Late", "colour": "red"}),
    "task-list": ("task-list taskList", {"idPrefix": "t", "items": [
        {"title": {"text": "One"}, "href": "/1",
         "status": {"text": "Completed", "classes": "nhsuk-task-list__status--completed"}},
        {"title": {"text": "Two"}, "hint": {"text": "Some"}, "href": "/2",
         "status": {"tag": {"text": "Incomplete", "colour": "blue"}}},
        {"title": {"text": "Three"},
         "status": {"text": "Cannot start yet", "classes": "nhsuk-task-list__status--cannot-start-yet"}}]}),
    "warning-callout": ("warning-callout warningCallout", {"heading": "Careful", "html": "<p>x</p>"}),
    "back-link": ("back-link backLink", {"href": "/b", "text": "Back to it"}),
    "breadcrumb": ("breadcrumb", {"items": [{"href": "/a", "text": "Today"}, {"href": "/b", "text": "All"}]}),
    "card": ("card", {"heading": "Heading", "descriptionHtml": "<p>x</p>"}),
    "card-feature": ("card", {"heading": "Heading", "feature": True, "descriptionHtml": "<p>x</p>"}),
    "card-link": ("card", {"heading": "Requests", "headingSize": "s", "href": "/r", "clickable": True,
                           "description": "All of them"}),
    "skip-link": ("skip-link skipLink", {}),
}

environment = jinja2.Environment(loader=jinja2.PackageLoader("nhsuk_frontend_jinja"), autoescape=True,
                                 undefined=jinja2.ChainableUndefined, trim_blocks=True, lstrip_blocks=True)
for case, (names, params) in CASES.items():
    folder, macro = (names.split() * 2)[:2]
    source = f'{{% from "nhsuk/components/{folder}/macro.jinja" import {macro} %}}{{{{ {macro}(params) }}}}'
    rendered = environment.from_string(source).render(params=params)
    lines = [line.rstrip() for line in rendered.splitlines() if line.strip()]
    (pathlib.Path(__file__).parent / f"{case}.html").write_text("\n".join(lines) + "\n")
