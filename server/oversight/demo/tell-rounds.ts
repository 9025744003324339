import { DAY } from '#shared/time.ts'
import { allConsultations } from '../../consultations/consultation-queries.ts'
import { allPolls } from '../../polls/poll-queries.ts'
import { demoLetterReplies, demoReplies } from './replies.ts'
import { demoRulings } from './rulings.ts'
import type { Stage } from './stage.ts'
import { letterName, replyName, tellLetterReply, tellReply } from './tell-replies.ts'
import { rulingName, tellRuling } from './tell-rulings.ts'

/** After a consultation has closed its letters are looked for so long, in days: they are grouped after they came. */
const LOOKED_FOR = 30

/** What the city asks, of whichever round. */
interface Opened {
  code: string
  opensAt: number
}

/**
 * Answers and decides what is due in each round of what the city asks. Of `done`, by name, nothing is tried again: what
 * somebody else was faster to do is left.
 */
export async function tellRounds(stage: Stage, now: number, done: Set<string>): Promise<void> {
  const consultations = await allConsultations(stage.desk.db)
  for (const [{ code }, reply] of dueIn(consultations, demoReplies, now)) {
    const one = { ...reply, consultation: code }
    if (done.has(replyName(one))) continue
    await tellReply(stage, one)
    done.add(replyName(one))
  }
  const lately = consultations.filter(({ closesAt }) => closesAt + LOOKED_FOR * DAY > now)
  for (const [{ code }, reply] of dueIn(lately, demoLetterReplies, now)) {
    const one = { ...reply, consultation: code }
    if (done.has(letterName(one))) continue
    if ((await tellLetterReply(stage, one)) !== undefined) done.add(letterName(one))
  }
  for (const [{ code }, ruling] of dueIn(await allPolls(stage.desk.db), demoRulings, now)) {
    const one = { ...ruling, poll: code }
    if (done.has(rulingName(one))) continue
    await tellRuling(stage, one)
    done.add(rulingName(one))
  }
}

/** Of each round what its day has come for. */
export const dueIn = <Due extends { day: number } & ({ consultation: string } | { poll: string })>(
  opened: readonly Opened[],
  all: readonly Due[],
  now: number,
): [Opened, Due][] =>
  opened.flatMap((one) =>
    all
      .filter((due) => isRoundOf(one.code, 'poll' in due ? due.poll : due.consultation))
      .filter(({ day }) => one.opensAt + day * DAY <= now)
      .map((due): [Opened, Due] => [one, due]),
  )

/** Later rounds are called as the first is, with their number. */
const isRoundOf = (code: string, first: string): boolean =>
  code === first || (code.startsWith(`${first}-`) && /^\d+$/.test(code.slice(first.length + 1)))
