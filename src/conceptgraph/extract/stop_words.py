"""Words of a sentence's frame, which name nothing."""

_STOP = """
a about above after again against all also although always am among an and another any are as at away back be because
become been before being below between both but by can cannot could did do does doesn doing don done down during each
either else etc even ever every few first for from further get gets give given go goes going got had has have having
he her here hers herself him himself his how however i if in instead into is isn it its itself just keep kept know let
lets like ll made make makes making many may me might mine more most much must my myself need needs never no nor not
now of off often on once one only or other others our ours out over own per put quite rather re really said same say
says see seen several she should since so some something still such take takes tell than that the their theirs them
themselves then there these they thing things this those though three through thus to together too two under until up
upon us use used uses using usually ve very via want was way ways we well were what when where whether which while who
whom whose why will with within without would yet you your yours
"""
STOP = frozenset(_STOP.split())
"""Words that say nothing of what a text is about."""
