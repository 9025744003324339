import type { ConsultationLine } from '#shared/consultations/told.ts'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import type { PollLine } from '#shared/polls/told.ts'
import { addressOf } from '../../web/ledger/addressed.ts'
import type { Ask, Talks } from './scene.ts'

/** What the city asks its people, and what its ledger has: to name in addresses. */
export async function talksOf(origin: string, ask: Ask): Promise<Talks> {
  const { consultations } = await ask<{ consultations: ConsultationLine[] }>('consultations')
  const { polls } = await ask<{ polls: PollLine[] }>('polls')
  const { records } = await ask<{ records: { id: number }[] }>('records?noun=flag&limit=1')
  const { size, root } = readCheckpoint(await (await fetch(`${origin}/ledger/checkpoint`)).text())!
  const pollPath = (is: (poll: PollLine) => boolean) => {
    const found = polls.find(is)
    return found && `/polls/${found.code}`
  }
  const now = Date.now()
  return {
    consultations: consultations.map(({ code }) => `/consultations/${code}`),
    openPoll: pollPath(({ kind, closesAt }) => kind !== 'agreement' && closesAt > now),
    closedPoll: pollPath(({ kind, closesAt }) => kind !== 'agreement' && closesAt <= now),
    agreement: pollPath(({ kind }) => kind === 'agreement'),
    receipt: `/ledger?act=${records[0]!.id}`,
    picturedWall: addressOf('', { size, root }),
  }
}
