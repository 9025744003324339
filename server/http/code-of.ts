import type { RefusalCode } from '#shared/oversight/refusal.ts'

const codes: Readonly<Record<number, RefusalCode>> = {
  400: 'wrong',
  401: 'sign-in',
  403: 'forbidden',
  404: 'nothing-here',
  408: 'too-slow',
  409: 'conflict',
  410: 'used-up',
  413: 'too-large',
  415: 'wrong-kind',
  422: 'wrong',
  429: 'too-often',
  431: 'too-large',
  503: 'busy',
}

/** Why, of a refusal that says no more than its HTTP status. */
export const codeOf = (status: number): RefusalCode =>
  codes[status] ?? (status < 500 ? 'wrong' : 'failed')
