import type { LinkedClause } from '#shared/consultations/clause.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'

/** Which clause of which draft it is; one that the draft gives no name, by its id. */
export function clauseText({ code, draft, labels, titles }: LinkedClause): string {
  const name = nameIn(labels, code.split('/')[2]!)
  return t('suggestion.clauseOf', { name, draft, title: nameIn(titles, code) })
}
