import type { MeasureId } from '#shared/measures/all.ts'

/** Every measure once, under what it tells of. */
export const groups = [
  {
    id: 'came',
    measures: [
      ...(['received', 'responded', 'closed', 'closedFinal', 'reopened'] as const),
      ...(['excluded', 'refused'] as const),
    ],
  },
  { id: 'open', measures: ['open', 'overdue', 'dueSoon', 'backlogAge', 'overdueByAge'] },
  {
    id: 'time',
    measures: [
      ...(['responseRate', 'onTimeRate', 'onTimeRateClosed'] as const),
      ...(['timeToRespond', 'timeToClose', 'instantCloseShare'] as const),
    ],
  },
  { id: 'kept', measures: ['resolutionAsserted', 'reopenRate', 'transferShare'] },
  {
    id: 'asked',
    measures: ['resolutionConfirmed', 'resolutionGap', 'satisfactionRate', 'surveyCoverage'],
  },
  {
    id: 'said',
    measures: [
      ...(['people', 'peopleOfProvision', 'commentsReceived'] as const),
      ...(['commentsPublished', 'commentsWithheld', 'commentsDistinct', 'stance'] as const),
    ],
  },
  { id: 'polled', measures: ['respondents', 'choice', 'agreement'] },
] as const satisfies readonly { id: string; measures: readonly MeasureId[] }[]
