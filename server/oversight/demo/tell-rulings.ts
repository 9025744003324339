import { called } from '../../polls/called.ts'
import { ruleOn } from '../../polls/rule-on.ts'
import { rulingNoun } from '../../polls/ruling-noun.ts'
import { addedStatement } from '../../polls/statement-queries.ts'
import type { DemoRuling } from './rulings.ts'
import { once, type Stage } from './stage.ts'

export const rulingName = ({ poll, statement }: DemoRuling): string => `ruling ${poll} ${statement}`

/** Decides about a statement, unless somebody has. */
export async function tellRuling(stage: Stage, ruling: DemoRuling): Promise<void> {
  const { db, engine } = stage.desk
  const poll = await called(db, ruling.poll)
  const statement = await addedStatement(db, poll.id, ruling.statement)
  if (!statement || statement.isPublished || statement.reason !== null) return
  const { verdict } = ruling
  const { deed, also } = ruleOn({ poll, statement, verdict }, engine.terms.directory)
  await once(stage, {
    name: rulingName(ruling),
    as: 'secretariat',
    noun: rulingNoun,
    deed: async () => deed,
    also,
  })
}
