import type { KyselyPlugin, PluginTransformResultArgs, UnknownRow } from 'kysely'

/** better-auth wants dates where all else of us has milliseconds. What it writes is a date either way. */
export class AuthDates implements KyselyPlugin {
  transformQuery = ({ node }: Parameters<KyselyPlugin['transformQuery']>[0]) => node

  async transformResult({ result }: PluginTransformResultArgs) {
    return { ...result, rows: result.rows.map(withDates) }
  }
}

/** Columns of instants are named so, here as everywhere. */
const INSTANT = /(At|Until)$/

function withDates(row: UnknownRow): UnknownRow {
  const dates = Object.entries(row).filter(
    ([name, value]) => INSTANT.test(name) && typeof value === 'number',
  )
  return {
    ...row,
    ...Object.fromEntries(dates.map(([name, at]) => [name, new Date(at as number)])),
  }
}
