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

_FURTHER = """
across ago almost alone along already anybody anyone anything anyway anywhere aren around aside behind beside besides
beyond billion couldn despite didn eight eighth especially everybody everyone everything everywhere except fifth five
four fourth hadn hasn haven hence hundred indeed inside later likewise mainly maybe merely mightn million mostly mustn
needn nevertheless nine ninth nobody none nothing nowhere onto otherwise outside perhaps quickly really second seven
seventh shouldn simply six sixth somebody somehow someone something sometime sometimes somewhere soon ten tenth
therefore third thousand throughout till today together tomorrow too toward towards twelve twice unless unlike usually
wasn weren whatever whenever whereas wherever whether whoever won wouldn yes yesterday
"""
FUNCTION_WORDS = STOP | frozenset(_FURTHER.split())
"""With further words that two texts share by chance. How a label stands was learned with `STOP`, which therefore stays
as it is (`conceptgraph.extract.standing`)."""
