import type { Router } from 'express'
import type { Logger } from 'pino'
import type { Verifier } from '#shared/ledger/key.ts'
import type { Unsigned } from '#shared/server-status.ts'
import type { PersonOf } from '../acts/asker.ts'
import type { Db } from '../db/connect.ts'
import { askWitnesses } from './ask-witnesses.ts'
import { openSigner } from './key.ts'
import { openPublisher, type Publisher } from './publisher.ts'
import { ledgerRoutes } from './routes.ts'
import { openTiles } from './tiles.ts'
import { unsignedNow } from './unsigned.ts'

export interface Ledger {
  /** Under `/ledger`. */
  routes: Router
  /** Since when the log is not signed any more, and why; undefined: it is. Of what is younger than `patience` nobody complains. */
  unsigned(patience?: number): Promise<Unsigned | undefined>
  /** Signs what was added. Call it when something was done. */
  look(): void
  close(): Promise<void>
}

interface Options {
  db: Db
  config: {
    dataDir: string
    ledgerKey: string | undefined
    ledgerWitnesses: readonly Verifier[]
    ledgerWitnessUrls: readonly string[]
    accounts: { publicUrl: string | undefined }
  }
  log: Logger
  /** Who asks for a receipt; without it, anybody. */
  personOf?: PersonOf
}

const nobody: PersonOf = async () => undefined

/** Serves the log, and signs it where this process has its key. */
export async function openLedger({ db, config, log, personOf = nobody }: Options): Promise<Ledger> {
  const { publisher, isChanged = false } = await publisherOf({ db, config, log })
  const { ledgerWitnesses: witnesses, ledgerWitnessUrls: addresses } = config
  const tiles = openTiles(db)
  const asking =
    publisher && addresses.length > 0
      ? askWitnesses({ db, addresses, witnesses, tiles, log })
      : undefined
  return {
    routes: ledgerRoutes({ db, witnesses, tiles, personOf }),
    unsigned: (patience) => unsignedNow(db, isChanged, patience),
    look: () => publisher?.look(),
    async close() {
      await asking?.close()
      await publisher?.close()
    },
  }
}

async function publisherOf({
  db,
  config,
  log,
}: Omit<Options, 'personOf'>): Promise<{ publisher?: Publisher; isChanged?: boolean }> {
  const { dataDir, ledgerKey: given } = config
  const place = { dataDir, given, publicUrl: config.accounts.publicUrl }
  if (!(await openSigner(db, place))) {
    log.warn('the key of the ledger is not here: this process signs no checkpoints')
    return {}
  }
  try {
    const signerNow = () => openSigner(db, place)
    const kept = given === undefined ? dataDir : undefined
    return { publisher: await openPublisher({ db, signerNow, dataDir: kept, log }) }
  } catch (error) {
    log.error(
      { err: error },
      'the ledger is not what was signed: it is not signed any more. Another database needs a DATA_DIR, or a LEDGER_KEY, of its own',
    )
    return { isChanged: true }
  }
}
