import { minuteOfDay, type WorkingCalendar, weekdays } from '#shared/policy.ts'
import { DAY } from '#shared/time.ts'

/** Deadlines in a city's working time, exact across daylight saving. */
export interface WorkingTime {
  /** The first instant by which so many milliseconds have been worked after `at`. */
  afterTime(at: number, milliseconds: number): number
  /** When work ends on the nth working day after the local day of `at`. */
  afterDays(at: number, days: number): number
}

/** Some local days: what is worked in them, in order of time. */
interface Block {
  starts: number[]
  ends: number[]
  /** What was worked in the block before each start. */
  before: number[]
  worked: number
  /** Of each working day its midnight, and when its work ends. */
  midnights: number[]
  closings: number[]
}

/** Days of a block: made when first needed, in about a millisecond. */
const BLOCK = 128

export function workingTimeOf(calendar: WorkingCalendar, timeZone: string): WorkingTime {
  const stretchesOn = stretchesOf(calendar)
  const blocks = new Map<number, Block>()

  function blockAt(number: number): Block {
    const known = blocks.get(number)
    if (known) return known
    const block = makeBlock(number * BLOCK, stretchesOn, timeZone)
    blocks.set(number, block)
    return block
  }

  /** The first place, in the blocks from that of `at` on, where what is listed lies after it. */
  function seek(at: number, list: 'ends' | 'midnights') {
    // No zone is a day from UTC: whatever lies in an earlier block is over.
    let number = Math.floor((at - DAY) / (BLOCK * DAY))
    for (;;) {
      const place = firstAbove(blockAt(number)[list], at)
      if (place < blockAt(number)[list].length) return { number, place }
      number++
    }
  }

  return {
    afterTime(at, milliseconds) {
      let { number, place } = seek(at, 'ends')
      let block = blockAt(number)
      let target = block.before[place]! + Math.max(0, at - block.starts[place]!) + milliseconds
      while (target > block.worked) {
        target -= block.worked
        block = blockAt(++number)
      }
      place = firstAbove(block.before, target - 1) - 1
      return block.starts[place]! + target - block.before[place]!
    },
    afterDays(at, days) {
      const { number: first, place: next } = seek(at, 'midnights')
      let number = first
      let place = next + days - 1
      while (place >= blockAt(number).closings.length) {
        place -= blockAt(number).closings.length
        number++
      }
      return blockAt(number).closings[place]!
    },
  }
}

/** Minutes of a local day from which and until which work is done. */
type Stretch = readonly [from: number, to: number]
/** By the local day's number from 1970-01-01. */
type StretchesOn = (day: number) => readonly Stretch[]

function stretchesOf({ week, holidays, extraWorkingDays }: WorkingCalendar): StretchesOn {
  const byWeekday = weekdays.map((weekday) => (week[weekday] ?? []).map(readStretch))
  const usual = byWeekday.find((stretches) => stretches.length > 0)!
  const closed = new Set(holidays.map(dayOf))
  const extra = new Set(extraWorkingDays.map(dayOf))

  return (day) => {
    // The first of 1970 was a Thursday.
    const own = byWeekday[(((day + 3) % 7) + 7) % 7]!
    if (extra.has(day)) return own.length > 0 ? own : usual
    return closed.has(day) ? [] : own
  }
}

const readStretch = (text: string): Stretch => [
  minuteOfDay(text.slice(0, 5)),
  minuteOfDay(text.slice(6)),
]

const dayOf = (date: string): number => Date.parse(date) / DAY

function makeBlock(firstDay: number, stretchesOn: StretchesOn, timeZone: string): Block {
  const block: Block = { starts: [], ends: [], before: [], worked: 0, midnights: [], closings: [] }
  for (let day = firstDay; day < firstDay + BLOCK; day++) {
    const first = block.ends.length
    for (const [from, to] of stretchesOn(day)) {
      addStretch(block, instantOf(day, from, timeZone), instantOf(day, to, timeZone))
    }
    if (block.ends.length === first) continue
    block.midnights.push(instantOf(day, 0, timeZone))
    block.closings.push(block.ends.at(-1)!)
  }
  return block
}

/** A stretch that clocks going forward leave out is empty. */
function addStretch(block: Block, start: number, end: number): void {
  if (start >= end) return
  block.starts.push(start)
  block.ends.push(end)
  block.before.push(block.worked)
  block.worked += end - start
}

const EPOCH = Temporal.PlainDate.from('1970-01-01')

/** The first instant at which a local clock shows this minute of the day or a later one. */
function instantOf(day: number, minute: number, timeZone: string): number {
  const shown = EPOCH.add({ days: day }).toPlainDateTime().add({ minutes: minute })
  const zoned = shown.toZonedDateTime(timeZone)
  if (zoned.toPlainDateTime().equals(shown)) return zoned.epochMilliseconds
  // It was left out: the clock went from before it to after it at once.
  return zoned.add({ minutes: 1 }).getTimeZoneTransition('previous')!.epochMilliseconds
}

/** The place of the first number that is greater; the length where none is. */
function firstAbove(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
