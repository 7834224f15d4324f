"""Stance sentence by sentence: what is said of the event, and the word that makes it so."""

import datetime as dt

import pytest

from marchland.records import Article, Interval, Part

TABLE = """
# denial of a report, and of the deed
The army denied reports that the M23 had captured Goma. | captures | denies | denied
The army denied that Goma had fallen to the M23. | captures | denies | denied
Officials dismissed claims that the M23 had taken Goma. | captures | denies | dismissed
The governor rejected the claim that Goma had fallen to the M23. | captures | denies | rejected
The ministry refuted reports that the army had withdrawn from Goma. | withdraws_from | denies | refuted
The M23 denied having withdrawn from Goma. | withdraws_from | denies | denied
The army denied a claim to have captured Goma. | captures | denies | denied
The capture of Goma by the M23 was denied by the army. | captures | denies | denied
The spokesman disputed that the M23 controls Goma. | controls | denies | disputed
The mayor contradicted reports that rebels had seized Goma. | captures | denies | contradicted
Troops held Goma, the mayor said, rejecting an M23 statement that it had been captured. | captures | denies | rejecting
Troops held Goma, the mayor said, dismissing claims that the city fell to the M23. | captures | denies | dismissing
The mayor, denying reports that Goma had fallen to the M23, said troops held it. | captures | denies | denying
An M23 statement that Goma had been captured was rejected by the mayor. | captures | denies | rejected
The mayor denied a statement by the rebels that they had captured Goma. | captures | denies | denied
The mayor rejected a statement by the M23 saying it had captured Goma. | captures | denies | rejected
The mayor confirmed an M23 statement that Goma had been captured. | captures | asserts |
It is false that Goma fell to the M23. | captures | denies | false
It is not true that Goma fell to the M23. | captures | denies | not
Rumours that Goma had fallen to the M23 were false. | captures | denies | false
Reports that the M23 had captured Goma were untrue. | captures | denies | untrue
The M23 has not captured Goma. | captures | denies | not
The M23 hasn't captured Goma. | captures | denies | n't
The M23 never captured Goma. | captures | denies | Never
Goma has not fallen to the M23. | captures | denies | not
Goma has yet to fall to the M23. | captures | denies | yet
Goma is not under the control of the M23. | controls | denies | not
The army no longer controls Goma. | controls | denies | no longer
The M23 does not hold Goma. | controls | denies | not
The rebels did not withdraw from Goma. | withdraws_from | denies | not
No rebels have withdrawn from Goma. | withdraws_from | denies | not rebels
The M23 did not capture Goma or enter Sake. | captures | denies | not
Without capturing Goma, the M23 cannot win the war. | captures | denies | Without
The rebels went home instead of capturing Goma. | captures | denies | instead
# partial denial
The army does not control all of Goma. | controls | denies | not
Not all of Goma has fallen to the M23. | captures | denies | not all
The M23 has not fully captured Goma. | captures | denies | not
The M23 has captured only the outskirts of Goma. | captures | asserts | plain statement
The army not only captured Goma but also entered Sake. | captures | asserts | plain statement
It was not until Monday that the M23 captured Goma. | captures | asserts | plain statement
# two denials
The army did not deny that the M23 had captured Goma. | captures | asserts |
The M23 never lost Goma. | controls | asserts | never
The army failed to prevent the capture of Goma by the M23. | captures | asserts | failed
The peacekeepers did not stop the M23 from capturing Goma. | captures | asserts | not
The rebels did not fail to capture Goma. | captures | asserts | fail
# implicative verbs
The M23 managed to capture Goma. | captures | asserts | plain statement
The M23 did not manage to capture Goma. | captures | denies | not
The M23 succeeded in capturing Goma. | captures | asserts | plain statement
The M23 failed to capture Goma. | captures | denies | failed
The M23 tried to capture Goma. | captures | plans | tried
The M23 attempted to capture Goma. | captures | plans | attempted
The M23 tried to capture Goma but failed. | captures | denies | failed
The M23 did not try to capture Goma. | captures | denies | not
The rebels made no attempt to capture Goma. | captures | denies | no attempt
The rebels refused to withdraw from Goma. | withdraws_from | denies | refused
The rebels declined to leave Goma. | withdraws_from | denies | declined
The army was forced to withdraw from Goma. | withdraws_from | asserts | plain statement
The army had to withdraw from Goma. | withdraws_from | asserts | plain statement
The shelling forced the army to withdraw from Goma. | withdraws_from | asserts | plain statement
The army began to withdraw from Goma. | withdraws_from | asserts | plain statement
The army started withdrawing from Goma. | withdraws_from | asserts | plain statement
The army was ordered to withdraw from Goma. | withdraws_from | plans | ordered
The army was unable to retake Goma. | recaptures | denies | unable
The army was able to retake Goma. | recaptures | asserts | plain statement
The army could not retake Goma. | recaptures | denies | not
The M23 continued to hold Goma. | controls | asserts | plain statement
The M23 went on to capture Sake. | captures | asserts | plain statement
The collapse of the front allowed the rebels to capture Goma. | captures | asserts | plain statement
The peacekeepers helped to recapture Goma. | recaptures | asserts | plain statement
The mud prevented the rebels from capturing Goma. | captures | denies | prevented
The army stopped the rebels from taking Goma. | captures | denies | stopped
The army lacked the men to retake Goma. | recaptures | denies | lacked
Goma was the first city to fall to the M23. | captures | asserts | plain statement
Goma was the latest town to fall to the M23. | captures | asserts | plain statement
The rebels saw the army withdraw from Goma. | withdraws_from | asserts | plain statement
# almost
The M23 nearly captured Goma. | captures | denies | nearly
The M23 almost captured Goma. | captures | denies | almost
The M23 came close to capturing Goma. | captures | plans | close
The M23 is on the verge of capturing Goma. | captures | plans | verge
The rebels are about to capture Goma. | captures | plans | about
# counterfactuals
Goma would have fallen to the M23 had it not been for the peacekeepers. | captures | denies | would have
Goma would have fallen to the M23 without the peacekeepers. | captures | denies | would have
Had Goma fallen to the M23, thousands would have died. | captures | denies | Had
If the army had not come, Goma could have fallen to the M23. | captures | denies | could have
The army should have retaken Goma. | recaptures | denies | should have
Goma would not have fallen to the M23 if the army had stayed. | captures | asserts | would have
# conditions
If the M23 captures Goma, the war will spread. | captures | plans | If
Unless the army retakes Goma, the war will spread. | recaptures | plans | Unless
Should Goma fall to the M23, thousands will flee. | captures | plans | Should
Once the rebels capture Goma, the road will be theirs. | captures | plans | Once
The army will stay until it retakes Goma. | recaptures | plans | until
The army stayed until the M23 captured Goma. | captures | asserts | plain statement
The rebels will withdraw from Goma if they are paid. | withdraws_from | plans | will
The rebels will move on when they capture Goma. | captures | plans | will
Thousands fled after the M23 captured Goma. | captures | asserts | plain statement
Thousands fled when the M23 captured Goma. | captures | asserts | plain statement
# questions
Has Goma fallen to the M23? | captures | hedges | a question
Did the M23 capture Goma? | captures | hedges | a question
Will the army retake Goma? | recaptures | plans | will
Why did Goma fall to the M23? | captures | asserts | plain statement
How did the M23 capture Goma? | captures | asserts | plain statement
It is unclear whether the M23 has captured Goma. | captures | hedges | whether
It is not known whether Goma has fallen to the M23. | captures | hedges | whether
# hedges
The M23 reportedly captured Goma. | captures | hedges | reportedly
The M23 allegedly captured Goma. | captures | hedges | allegedly
The M23 has apparently captured Goma. | captures | hedges | apparently
The M23 may have captured Goma. | captures | hedges | may have
The M23 might have captured Goma. | captures | hedges | might have
The M23 probably captured Goma. | captures | hedges | probably
The M23 is said to have captured Goma. | captures | hedges | said to
The M23 is believed to control Goma. | controls | hedges | believed to
Goma was reported to have fallen to the M23. | captures | hedges | reported to
The M23 appears to have captured Goma. | captures | hedges | appears
The M23 seems to control Goma. | controls | hedges | seems
Diplomats believe that the M23 has captured Goma. | captures | hedges | believe
Diplomats suspect that the M23 controls Goma. | controls | hedges | suspect
The army has not confirmed that Goma fell to the M23. | captures | hedges | confirmed
The army did not say that Goma had fallen to the M23. | captures | hedges | say
The M23's capture of Goma has not been confirmed. | captures | hedges | confirmed
Reports that the M23 had captured Goma could not be verified. | captures | hedges | verified
There were unconfirmed reports that the M23 had captured Goma. | captures | hedges | unconfirmed
There were rumours that the M23 had captured Goma. | captures | hedges | rumours
Footage suggested that the M23 had captured Goma. | captures | hedges | suggested
The alleged capture of Goma by the M23 alarmed diplomats. | captures | hedges | alleged
Diplomats doubt that the M23 has captured Goma. | captures | hedges | doubt
It is possible that the M23 has captured Goma. | captures | hedges | possible
# saying leaves it as it is
The M23 said it had captured Goma. | captures | asserts | plain statement
The M23 claimed to have captured Goma. | captures | asserts | plain statement
The army confirmed that the M23 had captured Goma. | captures | asserts | plain statement
The army admitted that Goma had fallen to the M23. | captures | asserts | plain statement
The army did not know that the M23 had captured Goma. | captures | asserts |
Witnesses told reporters that the M23 had captured Goma. | captures | asserts | plain statement
The M23 boasted of capturing Goma. | captures | asserts | plain statement
# plans, hopes, fears
The army will retake Goma. | recaptures | plans | will
The army would retake Goma, the president said. | recaptures | plans | would
The army plans to retake Goma. | recaptures | plans | plans
The army has plans to retake Goma. | recaptures | plans | plans
The army has no plans to withdraw from Goma. | withdraws_from | plans | no plans
The army will not withdraw from Goma. | withdraws_from | plans | will
The army intends to retake Goma. | recaptures | plans | intends
The army wants to retake Goma. | recaptures | plans | wants
The army hopes to retake Goma. | recaptures | plans | hopes
The army vowed to retake Goma. | recaptures | plans | vowed
The army promised to withdraw from Goma. | withdraws_from | plans | promised
The army agreed to withdraw from Goma. | withdraws_from | plans | agreed
The army is preparing to retake Goma. | recaptures | plans | preparing
The army is going to retake Goma. | recaptures | plans | going
The army is to withdraw from Goma. | withdraws_from | plans | is
The army is ready to retake Goma. | recaptures | plans | ready
The army is poised to retake Goma. | recaptures | plans | poised
The army launched an operation to retake Goma. | recaptures | plans | operation
The army sent troops to retake Goma. | recaptures | plans |
The army is fighting to retake Goma. | recaptures | plans | fighting
The army is expected to retake Goma. | recaptures | plans | expected
Analysts expect the M23 to capture Goma. | captures | plans | expect
Residents fear that the M23 will capture Goma. | captures | plans | will
Diplomats warned that Goma could fall to the M23. | captures | plans | could
The planned withdrawal of the army from Goma was put off. | withdraws_from | plans | planned
The army did not expect the M23 to capture Goma. | captures | plans | expect
# threats and calls
The M23 threatened to capture Goma. | captures | plans | threatened
The president urged the rebels to leave Goma. | withdraws_from | plans | urged
The president appealed for the rebels to leave Goma. | withdraws_from | plans | appealed
The council demanded that the M23 withdraw from Goma. | withdraws_from | plans | demanded
The general told the rebels to withdraw from Goma. | withdraws_from | plans | told
The president ordered the army to retake Goma. | recaptures | plans | ordered
The M23 gave the army an ultimatum to leave Goma. | withdraws_from | plans | ultimatum
The M23 must withdraw from Goma. | withdraws_from | plans | must
The M23 should withdraw from Goma. | withdraws_from | plans | should
# what is taken for granted keeps its own stance
Troops who lost Goma to the M23 may be tried. | captures | asserts | plain statement
The army will avenge the capture of Goma by the M23. | captures | asserts | plain statement
The capture of Goma by the M23 did not end the war. | captures | asserts | plain statement
The general denied that he fled before the capture of Goma by the M23. | captures | asserts | plain statement
The president will visit the troops who recaptured Goma. | recaptures | asserts | plain statement
The army promised to punish officers for the fall of Goma to the M23. | captures | asserts | plain statement
The army could not hold Goma and withdrew from Sake. | withdraws_from | asserts | plain statement
The fall of Goma to the M23 could come within days. | captures | hedges | could
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.splitlines() if line and not line.startswith("#")]


@pytest.fixture
def read_claims(coder):
    """Text -> claims, as if printed on 9 July 2021."""

    def read(text):
        day = Interval.of_days(dt.date(2021, 7, 9))
        article = Article("a", "p", 0, text, (Part("body", 0, len(text)),), None, "The Test Gazette", "test", day,
                          "test", "en")  # fmt: skip
        return coder.read(article).claims

    return read


def test_the_table_is_long_enough():
    assert len(ROWS) >= 150


@pytest.mark.parametrize(("sentence", "event", "stance", "word"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_stance_and_the_word_that_made_it_so(read_claims, sentence, event, stance, word):
    found = [claim for claim in read_claims(sentence) if claim.event == event]
    assert found, f"no {event}"
    assert {claim.stance for claim in found} == {stance}
    assert all(word.lower() in claim.stance_how.lower() for claim in found), [claim.stance_how for claim in found]
