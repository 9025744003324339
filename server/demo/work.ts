import { HOUR, MINUTE } from '#shared/time.ts'
import { agencies, type Category } from './city.ts'
import { closeAfter } from './close-after.ts'
import { around, pick, type Random } from './random.ts'
import { tell, type Telling } from './telling.ts'

interface Work {
  telling: Telling
  random: Random
  category: Category
}

/** Half would be answered within four hours, seven in eight within a day; a close before that answers too. */
const [RESPONSE, RESPONSE_SPREAD] = [4 * HOUR, 1.6]
const [TRANSFERRED, TRANSFERRED_AGAIN] = [0.06, 0.2]
const [REOPENED, SURVEYED] = [0.02, 0.16]

const reasons = [
  { reason: 'resolved', weight: 91 },
  { reason: 'nothing-found', weight: 5 },
  { reason: 'referred', weight: 4 },
]

/** A ticket's way through its agency: perhaps others first, an answer, a close, perhaps all over again. */
export function work(work: Work): void {
  const { telling, random, category } = work
  const { receivedAt } = telling[0]!.event
  const closedAt = toSecond(receivedAt + closeAfter(random, category))
  const answered = receivedAt + around(random, RESPONSE, RESPONSE_SPREAD)
  const respondedAt = Math.min(toSecond(answered), closedAt)
  if (random() < TRANSFERRED) transfer(work, respondedAt)
  tell(telling, respondedAt, { respondedAt })
  close(work, closedAt)
  if (random() < REOPENED) reopen(work)
  if (random() < SURVEYED) ask(work)
}

/** It lay with one or two other agencies first. */
function transfer({ telling, random, category }: Work, before: number): void {
  const { receivedAt } = telling[0]!.event
  const times = random() < TRANSFERRED_AGAIN ? 2 : 1
  telling[0]!.event.agency = otherAgency(random, category.agency)
  for (let transfers = 1; transfers <= times; transfers++) {
    const at = receivedAt + ((before - receivedAt) * transfers) / (times + 1)
    const agency = transfers === times ? category.agency : otherAgency(random, category.agency)
    tell(telling, toSecond(at), { agency, transfers })
  }
}

function otherAgency(random: Random, own: string): string {
  const others = agencies.filter(({ code }) => code !== own)
  return others[Math.floor(random() * others.length)]!.code
}

function close({ telling, random }: Work, closedAt: number): void {
  const closeReason = pick(random, reasons).reason
  tell(telling, closedAt, { status: 'closed', closedAt, closeReason })
}

function reopen(work: Work): void {
  const { telling, random, category } = work
  const { closedAt, closeReason } = telling.at(-1)!.event
  const at = toSecond(closedAt! + around(random, 40 * HOUR, 0.8))
  const reopenings = [{ closedAt: closedAt!, closeReason, at }]
  tell(telling, at, { status: 'open', closedAt: null, closeReason: null, reopenings })
  close(work, toSecond(at + around(random, category.dueWithin * 0.4 * HOUR, 0.7)))
}

/** Agencies call more of it resolved than citizens do. */
function ask({ telling, random }: Work): void {
  const { closedAt, closeReason } = telling.at(-1)!.event
  const at = toSecond(closedAt! + MINUTE + around(random, 30 * HOUR, 0.6))
  const resolved = random() < (closeReason === 'resolved' ? 0.78 : 0.15)
  const satisfaction = Math.floor(resolved ? 3 + 2.999 * random() ** 0.5 : 1 + 2.999 * random())
  tell(telling, at, { survey: { at, resolved, satisfaction } })
}

const toSecond = (at: number): number => Math.ceil(at / 1000) * 1000
