import path from 'node:path'
import type { TicketEvent } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import { openIntake } from '../intake/intake.ts'
import { ensureSource } from '../sources/sources.ts'
import { type CsvFile, openCsv } from './csv-rows.ts'
import { importRows } from './import-rows.ts'
import type { Mapping } from './mapping.ts'
import { describePace, perSecond, whole } from './pace.ts'
import { showProgress } from '../progress.ts'
import { rejectsFile } from './rejects-file.ts'
import { rowReader } from './row-reader.ts'
import { describeTally, newTally, type Outcome, type Tally } from './tally.ts'

export interface ImportJob {
  db: Db
  files: readonly string[]
  mapping: Mapping
  /** Undefined: called after each file, in the current folder. */
  rejects?: string | undefined
  stop: AbortSignal
  print: (line: string) => void
}

type Submit = (events: readonly TicketEvent[]) => Promise<Outcome>

/** Refuses a mapping that does not fit, for all files, before a row of any is read. */
export async function checkFiles(files: readonly string[], mapping: Mapping): Promise<void> {
  for (const name of files) {
    const csv = await openCsv(name, mapping)
    await csv.close()
    rowReader(mapping, csv)
  }
}

/** Resolves to a tally per file that was begun. Doing it again, also after a kill, is harmless. */
export async function importFiles(job: ImportJob): Promise<Tally[]> {
  const { db, files, mapping, stop } = job
  const source = await ensureSource(db, mapping.source)
  const intake = await openIntake({ db })
  const tallies: Tally[] = []
  try {
    for (const name of files) {
      if (stop.aborted) break
      tallies.push(await importFile(job, name, (events) => intake.submit(source.id, events)))
    }
  } finally {
    await intake.close()
  }
  return tallies
}

async function importFile(job: ImportJob, name: string, submit: Submit): Promise<Tally> {
  const startedAt = performance.now()
  const csv = await openCsv(name, job.mapping)
  const rejectsName = job.rejects ?? `${path.basename(name)}.rejects.csv`
  const tally = newTally()
  try {
    const line = await importCsv(csv, { job, submit, rejectsName, tally })
    if (job.stop.aborted) job.print(`Stopped after line ${line}: run it again to go on.`)
  } finally {
    await csv.close()
    job.print(headline(name, tally, performance.now() - startedAt))
    const aboutRejected = `rows and reasons in ${rejectsName}`
    for (const text of describeTally(tally, aboutRejected)) job.print(text)
  }
  return tally
}

interface FileOptions {
  job: ImportJob
  submit: Submit
  rejectsName: string
  tally: Tally
}

async function importCsv(csv: CsvFile, { job, submit, rejectsName, tally }: FileOptions) {
  const { mapping, stop } = job
  const progress = showProgress(path.basename(csv.name))
  const rejects = rejectsFile(rejectsName, csv.columns)
  const readRow = rowReader(mapping, csv)
  const startedAt = performance.now()
  const progressed = () => {
    const done = csv.bytesRead() / csv.size
    const elapsed = performance.now() - startedAt
    progress.show(done, () => describePace(tally.read, { done, elapsed }))
  }
  try {
    const { rows } = csv
    return await importRows({ rows, readRow, mapping, submit, rejects, tally, stop, progressed })
  } finally {
    progress.end()
    rejects.close()
  }
}

function headline(name: string, { read }: Tally, elapsed: number): string {
  const seconds = (elapsed / 1000).toFixed(1)
  return `${path.basename(name)}: ${whole(read)} rows in ${seconds} s, ${perSecond(read, elapsed)} rows/s`
}
