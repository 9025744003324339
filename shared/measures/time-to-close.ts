import { durations } from './durations.ts'
import { texts } from './text.ts'

export const timeToClose = durations(
  {
    code: 12,
    id: 'timeToClose',
    from: (ticket) => ticket.receivedAt,
    to: (ticket) => ticket.closedAt,
  },
  {
    id: 'timeToClose',
    version: 2,
    clock: 'flow',
    countedAt: 'closedAt',
    judge: 'agency',
    text: texts({
      en: {
        name: 'Time to close',
        sentence:
          'How long it took from receipt to the last close; a reopening continues the clock. Half of the tickets took no longer than p50, nine in ten no longer than p90, 99 in 100 no longer than p99; read from bins, each is off by 1.4% at most. A close dated before receipt is refused, and a source that knows only dates tells nothing under a day.',
        counted: 'in the minute of the last close',
        fields: {
          p50: 'within which half were closed for good',
          p90: 'within which nine in ten were closed for good',
          p99: 'within which 99 in 100 were closed for good',
          n: 'closes with a valid duration',
        },
      },
      zh: {
        name: '办结时长',
        sentence:
          '从收到工单到最后一次办结所用的时间；重新办理的，时长连续计算。半数工单不超过 p50，九成不超过 p90，99% 不超过 p99；由分档计数得出，误差不超过 1.4%。早于收到时间的办结不予采信；只记录日期的来源不产生一天以内的时长。',
        counted: '按最后一次办结的时刻计入',
        fields: {
          p50: '半数工单在此时间内最终办结',
          p90: '九成工单在此时间内最终办结',
          p99: '99%的工单在此时间内最终办结',
          n: '时长有效的办结',
        },
      },
    }),
  },
)
