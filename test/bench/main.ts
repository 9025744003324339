import { writeFile } from 'node:fs/promises'
import { copyTickets } from './copy.ts'
import { submitDirectly } from './direct.ts'
import type { Figure } from './figure.ts'
import { benchImport } from './import.ts'
import { benchIntake } from './intake.ts'
import { describeMachine } from './machine.ts'
import { type Options, readOptions } from './options.ts'
import { benchPatch } from './patch.ts'
import { openStage, type Stage } from './stage.ts'
import { tableOf } from './table.ts'

const RESULTS = 'bench-results.json'

async function run(options: Options, stop: AbortSignal): Promise<void> {
  await using stage = await openStage(options)
  const machine = await describeMachine(stage.sql)
  console.log(JSON.stringify(machine, undefined, 2))
  const figures = await measure(stage, options, stop)
  console.log(tableOf(figures))
  await writeFile(RESULTS, `${JSON.stringify({ machine, options, figures }, undefined, 2)}\n`)
}

async function measure(stage: Stage, { only, seconds }: Options, stop: AbortSignal) {
  if (only === 'import') return benchImport(stage, stop)
  const figures: Figure[] = []
  if (only !== 'patch') figures.push(...(await benchIntake(stage, seconds, stop)))
  // Also what the patches are measured on: a city with a history.
  const direct = await submitDirectly(stage, Math.ceil(seconds / 3))
  const copied = await copyTickets(stage)
  if (figures[0]) figures[0].limit = { of: 'the same without HTTP', value: direct }
  figures.push({
    name: 'the same without HTTP',
    unit: 'events/s',
    measured: direct,
    limit: { of: 'plain COPY of the tickets', value: copied },
  })
  if (only !== 'intake') figures.push(...(await benchPatch(stage, seconds, stop)))
  if (only === undefined) figures.push(...(await benchImport(stage, stop)))
  return figures
}

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

try {
  await run(readOptions(process.argv.slice(2)), stopping.signal)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
