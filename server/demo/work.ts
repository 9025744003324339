import { agencies } from './agencies.ts'
import type { Category } from './categories.ts'
import { type Course, toSecond } from './course.ts'
import type { Random } from './random.ts'
import { tell, type Telling } from './telling.ts'

interface Work {
  telling: Telling
  random: Random
  category: Category
  course: Course
}

/** Tells a ticket's way through its agency: perhaps others first, an answer, a close, perhaps all over again. */
export function work(work: Work): void {
  const { telling, random, course } = work
  const { respondedAt, closedAt, reopening, surveyAt } = course
  if (course.transfers > 0) transfer(work)
  tell(telling, respondedAt, { respondedAt })
  let closeReason = close(work, closedAt)
  if (reopening) {
    const { at } = reopening
    const reopenings = [{ closedAt, closeReason, at }]
    tell(telling, at, { status: 'open', closedAt: null, closeReason: null, reopenings })
    closeReason = close(work, reopening.closedAt)
  }
  if (surveyAt !== undefined) ask(work, surveyAt, closeReason)
}

/** It lay with one or two other agencies first. */
function transfer({ telling, random, category, course }: Work): void {
  const receivedAt = telling[0]!.at
  const times = course.transfers
  telling[0]!.said.agency = otherAgency(random, category)
  for (let transfers = 1; transfers <= times; transfers++) {
    const at = receivedAt + ((course.respondedAt - receivedAt) * transfers) / (times + 1)
    const agency = transfers === times ? category.agency.code : otherAgency(random, category)
    tell(telling, toSecond(at), { agency, transfers })
  }
}

function otherAgency(random: Random, { agency }: Category): string {
  const others = agencies.filter((other) => other !== agency)
  return others[Math.floor(random() * others.length)]!.code
}

function close({ telling, random, category }: Work, closedAt: number): string {
  const closeReason = reasonOf(random, category)
  tell(telling, closedAt, { status: 'closed', closedAt, closeReason })
  return closeReason
}

function reasonOf(random: Random, { agency }: Category): string {
  if (random() < agency.asserted) return 'resolved'
  return random() < 0.55 ? 'nothing-found' : 'referred'
}

/** Agencies call more of it resolved than citizens do. */
function ask({ telling, random, category }: Work, at: number, closeReason: string): void {
  const agreed = closeReason === 'resolved' ? category.agency.confirmed : 0.15
  const resolved = random() < agreed
  const satisfaction = Math.floor(resolved ? 3 + 2.999 * random() ** 0.5 : 1 + 2.999 * random())
  tell(telling, at, { survey: { at, resolved, satisfaction } })
}
