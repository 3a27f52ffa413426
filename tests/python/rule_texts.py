# SPDX-License-Identifier: Apache-2.0
"""The text of a rule, as the tests of commands that read rules write it."""

RULE = """[[rule]]
id = "{id}"
when = "{when}"
score = {score}
reason = "Because"
stage = {stage}
purpose = "p"
basis = "b"
owner = "o"
review_by = 2030-12-31
{more}"""


def rule(name, when, score, stage='["arrival"]', more=""):
    return RULE.format(id=name, when=when, score=score, stage=stage, more=more + "\n" if more else "")


def head(name="cards", version="1", more=""):
    return f'[ruleset]\nname = "{name}"\nversion = "{version}"\ncombine = "additive"\n{more}'
