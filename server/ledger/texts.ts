import { sql } from 'kysely'
import type { ReceiptText } from '#shared/ledger/receipt.ts'
import { publicNouns } from '#shared/oversight/public-nouns.ts'
import type { Db } from '../db/connect.ts'
import { publicTexts } from '../public-record/queries.ts'

/** What of an appointment stands in the public register. */
const registered = ['name', 'title', 'appointingBody']

/** Ids of accounts, members and comments, which no text of people is. */
const sealed = ['person', 'place', 'comment']

/**
 * An act's texts with their salts, as far as the one who asks may read them whole: what is public and names no
 * contacts, and what one wrote oneself. What was taken down is not there for anybody.
 */
export async function readableTexts(
  db: Db,
  act: number,
  person: string | undefined,
): Promise<ReceiptText[]> {
  const { rows } = await sql<ReceiptText>`
    select name, text, encode(salt, 'hex') as salt
    from act_text join act on act.id = act_id, split_part(act.subject, ':', 1) as noun
    where act_id = ${act}::bigint and text is not null and name <> all (${sealed}::text[]) and (
      act.person_id = ${person ?? null}::text
      or noun = any (${[...publicNouns]}::text[]) and text = without_contacts(text) and name = any (
        case noun when 'appointment' then ${registered}::text[] else ${publicTexts}::text[] end))
    order by name
  `.execute(db)
  return rows
}
