import { minuteOf } from '#shared/time.ts'
import { type Command, misused, readWords, runCommand } from '../command.ts'
import { publishPast } from './publish-past.ts'

const USAGE = `npm run publish -- --from DATE [--to DATE]

  Publishes the whole local days from DATE on, as far as the clock has come, or up to the day before
  the second DATE: windows of 1, 7, 30 and 90 days of each dimension that the policy does not open, and
  of surveys. For a past that was imported; what happens while a server runs, it publishes itself.

  What is published is never published again, and nothing that ended before it: begin at the beginning.
  Running it again goes on where it stopped.`

const DATE = /^\d{4}-\d{2}-\d{2}$/

export const publishCommand: Command = {
  usage: USAGE,
  read(args) {
    const { values, positionals } = readWords(
      args,
      { from: { type: 'string' }, to: { type: 'string' } },
      USAGE,
    )
    const { from, to } = values
    if (from === undefined || positionals.length > 0) throw misused(USAGE)
    for (const date of [from, to]) {
      if (date !== undefined && !isDate(date))
        throw misused(`${date} is no date such as 2011-07-01.`)
    }
    return async ({ db, sql, config }) => {
      const told = await publishPast({ db, sql, clock: config.clock, from, to })
      for (const { name, published, passed } of told) {
        const late = passed > 0 ? ` ${passed} days lie before what is published already: left.` : ''
        console.log(`${name}: ${published} windows published.${late}`)
      }
      return 0
    }
  },
}

function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(minuteOf(Date.parse(`${text}T00:00Z`)))
}

if (import.meta.main) await runCommand(publishCommand)
