import { benchActs } from './acts.ts'
import { benchQueue } from './flags.ts'
import { benchComments } from './comments.ts'
import { benchFresh } from './fresh.ts'
import { benchGrouping } from './grouping.ts'
import { benchImport } from './import.ts'
import { benchIntake } from './intake.ts'
import { benchLedger } from './ledger.ts'
import { benchOpinions } from './opinions.ts'
import { benchPage } from './page.ts'
import { benchPatch } from './patch.ts'
import { benchRecords } from './records.ts'
import type { Bench } from './setting.ts'
import { benchSingle } from './single.ts'
import { benchSlowReaders } from './slow-readers.ts'
import { benchSockets } from './sockets.ts'
import { benchStart } from './start.ts'
import { benchView } from './view.ts'
import { benchViews } from './views.ts'

/** In the order in which they run: those on a city leave its history longer than they found it. */
export const benches: readonly Bench[] = [
  { name: 'intake', on: 'nothing', run: benchIntake },
  { name: 'single', on: 'nothing', run: benchSingle },
  { name: 'import', on: 'nothing', run: benchImport },
  { name: 'fresh', on: 'nothing', run: benchFresh },
  { name: 'page', on: 'nothing', run: benchPage },
  { name: 'acts', on: 'nothing', run: benchActs },
  { name: 'ledger', on: 'nothing', run: benchLedger },
  { name: 'queue', on: 'nothing', run: benchQueue },
  { name: 'grouping', on: 'nothing', run: benchGrouping },
  { name: 'comments', on: 'nothing', run: benchComments },
  { name: 'opinions', on: 'nothing', run: benchOpinions },
  { name: 'slow-readers', on: 'nothing', run: benchSlowReaders },
  { name: 'records', on: 'nothing', run: benchRecords },
  { name: 'start', on: 'a city', run: benchStart },
  { name: 'view', on: 'a city', run: benchView },
  { name: 'views', on: 'a city', run: benchViews },
  { name: 'patch', on: 'a city', run: benchPatch },
  { name: 'sockets', on: 'a city', run: benchSockets },
]
