"""Whether a scanner really looked: sqlmap and wapiti end with 0, and name no weakness, when they reached nothing at all."""

import re
from collections.abc import Iterable

# What sqlmap says last of a scan that came to its end and found nothing; it calls that an error, or critical.
NOTHING_FOUND = "all tested parameters do not appear to be injectable"
# sqlmap asks each parameter of a page far more than this; a page alone is fetched a few times.
FEWEST_ASKED = 30


def sqlmap_found(printed: str) -> list[str]:
    return re.findall(r"(?m)^(?:Parameter: .*|.*is vulnerable.*)$", printed)


def sqlmap_gave_up(code: int, printed: str, parameters: Iterable[str], asked: int) -> list[str]:
    """Why this is no scan of these parameters that came to its end; `asked` is how often the site was asked meanwhile."""
    reasons = [f"ended with {code}"] if code else []
    reasons += [line for line in re.findall(r"\[(?:CRITICAL|ERROR)\] (.*)", printed) if not line.startswith(NOTHING_FOUND)]
    if NOTHING_FOUND not in printed and not sqlmap_found(printed):
        reasons.append("it came to no end")
    tried = set(re.findall(r"testing for SQL injection on (?:\([^)]*\) )?\S+ parameter '([^']+)'", printed))
    reasons += [f"the parameter {name} was not tried" for name in parameters if name not in tried]
    if asked < FEWEST_ASKED:
        reasons.append(f"the site was asked {asked} times only")
    return reasons


def wapiti_gave_up(code: int, printed: str, modules: Iterable[str], asked: int) -> list[str]:
    reasons = [f"ended with {code}"] if code else []
    # A module that breaks shows where, and the next is begun.
    reasons += re.findall(r"(?m)^\[!\] .*|^\d+ requests were skipped due to network issues|^  File \".*", printed)
    launched = set(re.findall(r"\[\*\] Launching module (\S+)", printed))
    reasons += [f"the module {name} was not begun" for name in modules if name not in launched]
    found = int((re.findall(r"Wapiti found (\d+) URLs", printed) or ["0"])[0])
    if not found:
        reasons.append("it found no page")
    if asked < FEWEST_ASKED:
        reasons.append(f"the site was asked {asked} times only")
    return reasons


def wapiti_cut_short(printed: str) -> list[str]:
    """The modules whose time was over before they had been everywhere."""
    return re.findall(r"Max attack time was reached for module (\w+)", printed)
