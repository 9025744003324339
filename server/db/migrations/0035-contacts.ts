import { type Kysely, sql } from 'kysely'

/** As numbers are written in ordinary and in full-width signs: without normalizing, so that all other text stays as it is. */
const digits = '0-9\\uFF10-\\uFF19'
const letters = 'A-Za-z\\uFF21-\\uFF3A\\uFF41-\\uFF5A'
const dashes = '\\u2010-\\u2013\\uFF0D-'
const D = `[${digits}]`
const L = `[${letters}]`
const dash = `[${dashes}]`
const gap = `[ \\u3000${dashes}]`
const dot = '[.\\uFF0E]'
const gapOrDot = `[ \\u3000.\\uFF0E${dashes}]`
const open = '[(\\uFF08]'
const close = '[)\\uFF09]'
const zero = '[0\\uFF10]'
const one = '[1\\uFF11]'
const nine = '[9\\uFF19]'
const notZero = '[1-9\\uFF11-\\uFF19]'

/** Many an id begins with letters. One sign is looked back at: for two PostgreSQL takes thirty times as long. */
const alone = `(?<![${digits}${letters}])`

const contacts = [
  // Addresses for mail.
  `[[:alnum:]${digits}${letters}._%+\\uFF0E-]+[@\\uFF20][[:alnum:]${digits}${letters}-]+(${dot}[[:alnum:]${digits}${letters}-]+)+`,
  // +1 617 555 0123
  `[+\\uFF0B]${D}[${digits} ().\\u3000\\uFF08\\uFF09\\uFF0E${dashes}]{6,18}${D}`,
  // 02-2720-8889, (617) 555-0123, (02)2720-8889
  `(?<!${D})${open}?${D}{2,4}(${close}${gap}?|${gap})${D}{3,4}${gap}${D}{3,4}(?!${D})`,
  // 617.555.0123; three groups of three are a sum.
  `(?<!${D})${open}?${D}{3}${close}?[ .\\uFF0E]${D}{3}${dot}${D}{4}(?!${D})`,
  // 13800138000
  `(?<!${D})${one}[3-9\\uFF13-\\uFF19]${D}{9}(?!${D})`,
  // 010-87654321, 021 87654321, (02)27208889
  `${alone}${open}?${zero}${notZero}${D}{0,2}(${close}${gapOrDot}?|${gapOrDot})${D}{7,8}(?!${D})`,
  // 0912-345678
  `${alone}${zero}${nine}${D}{2}${gapOrDot}${D}{6}(?!${D})`,
  // 0912345678, 01087654321; what is padded with zeros is a ticket's.
  `${alone}${zero}${notZero}${D}{8,10}(?!${D})`,
  // Identity cards: of China, of Taiwan, of Hong Kong; 123-45-6789
  `(?<!${D})${D}{17}[${digits}Xx\\uFF38\\uFF58](?!${D})`,
  `${alone}${L}[1289\\uFF11\\uFF12\\uFF18\\uFF19]${D}{8}(?![${digits}${letters}])`,
  `${alone}${L}{1,2}${D}{6}${open}[${digits}Aa\\uFF21\\uFF41]${close}`,
  `${alone}${D}{3}${dash}${D}{2}${dash}${D}{4}(?!${D})`,
].join('|')

/** Whatever is made of public texts is made anew: it must not be found by what is told no more. */
export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    create or replace function without_contacts(text text) returns text
    language sql immutable parallel safe as $$
      select regexp_replace(text, '${contacts}', '•••', 'g')
    $$`)
  await run(`reindex index act_text_without_contacts`)
  await run(`
    update suggestion_words set
      words = text_as_searched(without_contacts(concat(title, ' ', text, ' ', why))),
      shingles = shingled(without_contacts(concat(title, ' ', left(text, 1000))))
    from (
      select act_id, max(text) filter (where name = 'title') as title,
        max(text) filter (where name = 'text') as text, max(text) filter (where name = 'why') as why
      from act_text where act_id in (select id from suggestion_words) group by act_id
    ) as submitted
    where act_id = suggestion_words.id`)
}
