import type { Logger } from 'pino'
import type { DurableRecord } from '#shared/records.ts'
import type { AccountConfig } from '../config.ts'
import type { Db } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { lastPoint } from '../records/queries.ts'
import { concerning } from './concerning.ts'
import { digestLetter, type Letter } from './digest-letter.ts'
import { giveDigestBack, type Reader, readersOn, takeDigest } from './digest-queries.ts'

interface Options {
  db: Db
  config: Pick<AccountConfig, 'mail' | 'publicUrl'>
  terms: () => Terms
  log: Logger
}

/** The local hour from which on a day's e-mails go out. */
const HOUR_OF_DAY = 7
const EVERY = 60_000

/** Writes once a day, by the deployment's time zone, to whom something concerns; nothing where no e-mail is configured. */
export function openDigest(options: Options) {
  const { config, terms, log } = options
  if (!config.mail) return { close: async () => {} }
  let running = Promise.resolve()
  const look = () => {
    const now = Temporal.Now.zonedDateTimeISO(terms().policy.policy.timeZone)
    if (now.hour < HOUR_OF_DAY) return
    running = running
      .then(() => sendDigests(options, now.toPlainDate().toString()))
      .catch((err: unknown) => log.warn({ err }, 'the daily e-mails could not be sent'))
  }
  const timer = setInterval(look, EVERY).unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

/** To everybody who was not written to on this local day, by whichever process. */
export async function sendDigests(options: Options, day: string): Promise<void> {
  const { db, config, log } = options
  if (!config.mail) return
  const { smtpUrl, from } = config.mail
  const { default: nodemailer } = await import('nodemailer')
  const transport = nodemailer.createTransport(smtpUrl)
  const { seq } = await lastPoint(db, Number.MAX_SAFE_INTEGER)
  for (const reader of await readersOn(db, day)) {
    const taken = await takeDigest(db, { personId: reader.personId, day, seq })
    if (!taken) continue
    const since = { after: taken.before ?? seq, upTo: seq }
    await write(options, reader, since, (letter) =>
      transport.sendMail({
        from,
        to: { name: reader.name, address: reader.email },
        ...letter,
        // Of two that are as long, it would take either.
        textEncoding: 'quoted-printable',
      }),
    ).catch(async (err: unknown) => {
      log.warn({ err }, 'a daily e-mail could not be sent')
      await giveDigestBack(db, { personId: reader.personId, before: taken.before })
    })
  }
  transport.close()
}

async function write(
  options: Options,
  reader: Reader,
  since: { after: number; upTo: number },
  send: (letter: Letter) => Promise<unknown>,
): Promise<void> {
  const records: DurableRecord[] = []
  for (let after = since.after; after < since.upTo;) {
    const { found, upTo } = await concerning(options, reader.personId, { ...since, after })
    records.push(...found.map(({ record }) => record))
    after = upTo
  }
  if (records.length === 0) return
  await send(digestLetter({ ...reader, records, site: options.config.publicUrl }))
}
