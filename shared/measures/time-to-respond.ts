import { durations } from './durations.ts'
import { texts } from './text.ts'

export const timeToRespond = durations(
  {
    code: 21,
    id: 'timeToRespond',
    from: (ticket) => ticket.receivedAt,
    to: (ticket) => ticket.respondedAt,
  },
  {
    id: 'timeToRespond',
    version: 2,
    clock: 'flow',
    countedAt: 'respondedAt',
    judge: 'agency',
    text: texts({
      en: {
        name: 'Time to respond',
        sentence:
          'How long it took from receipt to the first answer by a person. Half of the tickets took no longer than p50, nine in ten no longer than p90, 99 in 100 no longer than p99; read from bins, each is off by 1.4% at most. An answer dated before receipt is refused, and a source that knows only dates tells nothing under a day.',
        counted: 'in the minute of the first answer',
        fields: {
          p50: 'within which half were answered',
          p90: 'within which nine in ten were answered',
          p99: 'within which 99 in 100 were answered',
          n: 'answers with a valid duration',
        },
      },
      zh: {
        name: '响应时长',
        sentence:
          '从收到工单到工作人员首次响应所用的时间。半数工单不超过 p50，九成不超过 p90，99% 不超过 p99；由分档计数得出，误差不超过 1.4%。早于收到时间的响应不予采信；只记录日期的来源不产生一天以内的时长。',
        counted: '按首次响应的时刻计入',
        fields: {
          p50: '半数工单在此时间内得到响应',
          p90: '九成工单在此时间内得到响应',
          p99: '99%的工单在此时间内得到响应',
          n: '时长有效的响应',
        },
      },
    }),
  },
)
