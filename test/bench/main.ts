import { writeFile } from 'node:fs/promises'
import { benches } from './benches.ts'
import { loadCity } from './city.ts'
import type { Figure } from './figure.ts'
import { describeMachine } from './machine.ts'
import { type Options, readOptions } from './options.ts'
import type { Bench } from './setting.ts'
import { openStage } from './stage.ts'
import { tableOf } from './table.ts'

const RESULTS = 'bench-results.json'
/** All of a city's tickets lie in so many days: the most that a 90-day view can have to count. */
const DAYS = 90

async function run(options: Options, stop: AbortSignal): Promise<void> {
  const machine = await readMachine(options)
  console.log(JSON.stringify(machine, undefined, 2))
  const chosen = benches.filter(
    ({ name }) => options.names.length === 0 || options.names.includes(name),
  )
  const figures: Figure[] = []
  for (const bench of chosen.filter(({ on }) => on === 'nothing')) {
    await using stage = await openStage(options)
    figures.push(...(await measure(bench, { ...options, stage, stop })))
  }
  const onCity = chosen.filter(({ on }) => on === 'a city')
  if (onCity.length > 0) figures.push(...(await measureCity(onCity, options, stop)))
  console.log(`\n${tableOf(figures)}`)
  await writeFile(RESULTS, `${JSON.stringify({ machine, options, figures }, undefined, 2)}\n`)
}

async function readMachine(options: Options) {
  await using stage = await openStage(options)
  return await describeMachine(stage.sql)
}

async function measureCity(chosen: readonly Bench[], options: Options, stop: AbortSignal) {
  await using stage = await openStage(options)
  console.log(`\nstoring a city of ${options.tickets.toLocaleString('en')} tickets`)
  await loadCity(stage, { tickets: options.tickets, days: DAYS, now: Date.now() })
  const figures: Figure[] = []
  for (const bench of chosen) figures.push(...(await measure(bench, { ...options, stage, stop })))
  return figures
}

/** Tells its figures at once: all benches together take a quarter of an hour. */
async function measure({ name, run }: Bench, setting: Parameters<Bench['run']>[0]) {
  if (setting.stop.aborted) return []
  console.log(`\n${name}`)
  const figures = await run(setting)
  console.log(tableOf(figures))
  return figures
}

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

try {
  const names = benches.map(({ name }) => name)
  await run(readOptions(process.argv.slice(2), names), stopping.signal)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
