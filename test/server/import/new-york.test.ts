import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findMapping } from '../../../server/import/find-mapping.ts'
import { importFiles } from '../../../server/import/import-files.ts'
import { freshDatabase } from '../../support/database.ts'

const FILE = '../shared/data/nyc-311-one-day/nyc-311-2018-10-21.csv.gz'
if (!existsSync(FILE)) console.warn(`New York's one day is skipped: ${FILE} is not there.`)

test.skipIf(!existsSync(FILE))(
  'New York’s one day: rows whose status and closing date disagree are counted, not rejected',
  async () => {
    await using city = await freshDatabase()
    const mapping = await findMapping('nyc-311')
    const stop = new AbortController().signal
    const [tally] = await importFiles({
      db: city.db,
      files: [FILE],
      mapping,
      stop,
      print: () => {},
    })

    expect(tally).toMatchObject({ read: 6765, accepted: 6765, rejected: 0 })
    expect(tally!.remarks).toMatchObject({ disagreeing: 117, undated: 2 })
    const [open] = await city.sql`select count(*) as n from ticket where status = 'open'`
    const [duplicates] = await city.sql`select count(*) as n from ticket where status = 'duplicate'`
    expect(open!.n + duplicates!.n).toBe(6765 - (2324 - 41))
  },
)
