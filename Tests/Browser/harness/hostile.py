"""Requests with the same hostile words in every field that takes words, by letter and in the portal."""

import re
import urllib.parse

from .caller import Caller, Part, form_of

# What a field takes that does not take any words.
SHAPED = {
    "nhs-number": "999 004 1873", "hospital-number": "M4180321", "phone": "07700 900123", "postcode": "MB1 4ZZ", "email": "hostile@example.org",
    "[day]": "2", "[month]": "3", "[year]": "1984",
}
PAPER = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n" \
    b"trailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"


def value_of(name: str, choices: list[str], words: str) -> str:
    if choices:
        return next(choice for choice in choices if choice)
    return next((value for part, value in SHAPED.items() if name.endswith(part)), words)


def logged_by_letter(staff: Caller, words: str) -> str:
    """A request of a solicitor, logged at the desk; returns the case's identifier."""
    form = form_of(staff.get("/intake"))
    typed = {name: value_of(name, choices, words) for name, choices in form.inputs.items()}
    left_out = [name for name in typed if name.startswith(("date-of-death", "from[", "to["))]
    typed |= dict.fromkeys(left_out, "") | {"capacity": "solicitor", "hospital-number": "", "compared": "yes"}
    typed |= {"received-on[day]": "1", "received-on[month]": "6", "received-on[year]": "2026"}
    answer = staff.fills("/intake", typed)
    assert answer.status == 303, (answer.heading, re.findall(r'nhsuk-error-message[^>]*>(.*?)</', answer.text))
    return re.findall(r"[0-9a-z]{26}", answer.location)[0]


def sent_from_the_portal(requester: Caller, words: str, file_name: str = "paper.pdf") -> str:
    """A request of a patient for their own records, page by page; returns the request's identifier."""
    draft = requester.fills("/new-request", {"type": "living"}).location
    done: set[str] = set()
    for _ in range(40):
        page = requester.get(draft)
        waiting = [link for link in re.findall(rf'href="({draft}/pages/[^"]+)"', page.text) if link not in done]
        if not waiting:
            break
        at = waiting[0]
        while at.startswith(f"{draft}/pages/") and at not in done:
            done.add(at)
            at = answered(requester, at, words, file_name)
    answer = requester.fills(f"{draft}/check", {}, action=f"{draft}/submit")
    assert answer.status == 303, answer.heading
    return re.findall(r"[0-9a-z]{26}", answer.location)[0]


def answered(requester: Caller, page: str, words: str, file_name: str) -> str:
    """Fills in one page of the draft and goes on; returns where it leads."""
    found = requester.get(page)
    form = form_of(found)
    if form.has_files:
        name = next(name for name in form.inputs if not name.endswith("-reuse"))
        file = Part(f'form-data; name="{name}"; filename="{file_name}"', PAPER, "application/pdf")
        on = Part('form-data; name="do"', b"continue")
        answer = requester.uploads(page, [file, on], action=form.action)
        assert answer.status == 303, (page, answer.status, answer.heading)
        return urllib.parse.urlsplit(answer.location).path
    typed: dict[str, str] = {name: value_of(name, choices, words) for name, choices in form.inputs.items()}
    answer = requester.post(form.action, [pair for pair in form.values if pair[0] not in typed] + list(typed.items()))
    assert answer.status == 303, (page, answer.status, re.findall(r'nhsuk-error-message[^>]*>(.*?)</span', answer.text))
    return urllib.parse.urlsplit(answer.location).path
