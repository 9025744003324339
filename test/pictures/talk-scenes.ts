import { checkLog, chooseProvision, openFlagOnProvision, press } from './deeds.ts'
import type { Scene, Sights } from './scene.ts'

/** What people are asked, and the ledger. */
export const talkScenes: readonly Scene[] = [
  { name: 'consultations', path: () => '/consultations' },
  ...[0, 1, 2].map((at) => ({
    name: `consultation-${at + 1}`,
    path: ({ consultations }: Sights) => consultations[at],
  })),
  {
    name: 'consultation-provision',
    path: ({ consultations }) => consultations[0],
    act: chooseProvision,
  },
  {
    name: 'consultation-to-answer',
    path: ({ consultations }) => consultations[0],
    as: 'secretariat',
  },
  {
    name: 'consultation-flag',
    path: ({ consultations }) => consultations[0],
    as: 'city',
    act: openFlagOnProvision,
    isView: true,
  },
  {
    name: 'consultation-form',
    path: ({ consultations: [first] }) => first && `${first}/form`,
  },
  {
    name: 'moderation',
    path: ({ consultations: [first] }) => first && `${first}/moderation`,
    as: 'secretariat',
  },
  { name: 'work-drafts', path: () => '/work?list=drafts', as: 'streets' },
  {
    name: 'consultation-report',
    path: ({ consultations }) => consultations[0],
    act: press('main a[href*="/report?"]'),
  },
  { name: 'polls', path: () => '/polls' },
  { name: 'poll-open', path: ({ openPoll }) => openPoll },
  { name: 'poll-closed', path: ({ closedPoll }) => closedPoll },
  { name: 'poll-agreement', path: ({ agreement }) => agreement },
  { name: 'poll-to-moderate', path: ({ agreement }) => agreement, as: 'secretariat' },
  { name: 'poll-form', path: ({ openPoll }) => openPoll && `${openPoll}/form` },
  { name: 'poll-form-votes', path: ({ agreement }) => agreement && `${agreement}/form` },
  { name: 'ledger', path: () => '/ledger' },
  { name: 'ledger-whole', path: () => '/ledger', act: checkLog },
  { name: 'ledger-receipt', path: ({ receipt }) => receipt },
  { name: 'ledger-wall', path: ({ picturedWall }) => picturedWall },
  { name: 'missing-consultation', path: () => '/consultations/nothing' },
  { name: 'missing-poll', path: () => '/polls/nothing' },
  { name: 'missing-receipt', path: () => '/ledger?act=999999' },
]
