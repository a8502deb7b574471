"""Inflected forms of English labels, by rule: plurals of nouns and the forms of verbs."""

from __future__ import annotations

import re

_PARTICLES = {"after", "around", "away", "back", "by", "down", "forward", "in", "off", "on", "out", "over"} | {
    *("through", "to", "together", "under", "up", "with")
}
_IRREGULAR_VERBS = {
    "bind": ("bound",),
    "break": ("broke", "broken"),
    "bring": ("brought",),
    "build": ("built",),
    "catch": ("caught",),
    "fall": ("fell", "fallen"),
    "find": ("found",),
    "forget": ("forgot", "forgotten"),
    "get": ("got",),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hold": ("held",),
    "keep": ("kept",),
    "lead": ("led",),
    "lose": ("lost",),
    "make": ("made",),
    "override": ("overrode", "overridden"),
    "overwrite": ("overwrote", "overwritten"),
    "pay": ("paid",),
    "put": ("put",),
    "read": ("read",),
    "rebuild": ("rebuilt",),
    "rewrite": ("rewrote", "rewritten"),
    "run": ("ran", "run"),
    "send": ("sent",),
    "set": ("set",),
    "shut": ("shut",),
    "sign": ("signed",),
    "spin": ("spun",),
    "split": ("split",),
    "steal": ("stole", "stolen"),
    "take": ("took", "taken"),
    "think": ("thought",),
    "throw": ("threw", "thrown"),
    "undo": ("undid", "undone"),
    "write": ("wrote", "written"),
}
# Verbs of several syllables, stressed on the last one, double their consonant too.
_DOUBLING = re.compile(
    r"(?:^[^aeiou]*|mit|fer|bug|cur|pel|bet|roll|sub|plan|stop|tag|map|log|run|get|set|put|ship|wrap|swap|drop|scan|step)$"
)
_CVC = re.compile(r"[^aeiou][aeiou][bdfgklmnprt]$")


def plurals(label: str) -> tuple[str, ...]:
    """Return the plural forms of a label.

    Parameters
    ----------
    label
        A label in any letter case.

    Returns
    -------
    tuple of str
        One form, or two where both are in use; a label that ends in no letter takes a bare s ("S3s"). Before "of" the
        first noun takes the plural, or the last.

    Examples
    --------
    >>> plurals("Bloom filter"), plurals("proxy"), plurals("index")
    (('Bloom filters',), ('proxies',), ('indexes', 'indices'))
    >>> plurals("point of presence")
    ('points of presence', 'point of presences')
    """
    head, of, rest = label.partition(" of ")
    return (*(plural + of + rest for plural in _plurals(head) if of), *_plurals(label))


def _plurals(label: str) -> tuple[str, ...]:
    lower = label.casefold()
    if lower.endswith(("ex", "ix")) and len(lower) > 4:
        return (label + "es", label[:-2] + "ices")
    if lower.endswith("sis"):
        return (label[:-2] + "es",)
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return (label + "es",)
    if re.search(r"[^aeiou]y$", lower):
        return (label[:-1] + "ies",)
    return (label + "s",)


def verb_forms(base: str) -> tuple[str, ...]:
    """Return a verb's base form and its inflections.

    Parameters
    ----------
    base
        The base form; of several words the one before a particle is inflected ("fail over"), else the last ("load
        balance").

    Returns
    -------
    tuple of str
        Base, third person, past forms, -ing form.

    Examples
    --------
    >>> verb_forms("replicate")
    ('replicate', 'replicates', 'replicated', 'replicating')
    >>> verb_forms("fail over")
    ('fail over', 'fails over', 'failed over', 'failing over')
    """
    words = base.split(" ")
    at = len(words) - 1
    while at > 0 and words[at].casefold() in _PARTICLES:
        at -= 1
    word = words[at]
    return tuple(
        " ".join([*words[:at], form, *words[at + 1 :]])
        for form in dict.fromkeys((word, _third_person(word), *_past(word), _ing(word)))
    )


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "do", "go")):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def _past(verb: str) -> tuple[str, ...]:
    irregular = _IRREGULAR_VERBS.get(verb)
    if irregular:
        return irregular
    if verb.endswith("e"):
        return (verb + "d",)
    if re.search(r"[^aeiou]y$", verb):
        return (verb[:-1] + "ied",)
    return (_doubled(verb) + "ed",)


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return (verb[:-2] + "y" if verb.endswith("ie") else verb[:-1]) + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    """Double a final consonant after one stressed vowel: log, logged; commit, committed; but render, rendered."""
    one_syllable = len(re.findall(r"[aeiouy]+", verb)) == 1
    return verb + verb[-1] if _CVC.search(verb) and (one_syllable or _DOUBLING.search(verb)) else verb
