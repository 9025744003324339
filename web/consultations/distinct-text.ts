import { type Uncompared, waitingIn } from '#shared/wire.ts'
import { soFar } from '../board/so-far.ts'
import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

interface Comparing {
  uncompared: Uncompared | undefined
  times: Pick<Times, 'clock'>
  /** Only some provisions are counted: how many comments wait is known of the whole draft. */
  isWithin: boolean
}

/**
 * How many comments are distinct, and what stands under it. While some are still to be compared with the others, up to
 * when it is counted: nothing that was not compared is called distinct, or nearly the same.
 */
export function distinctText(
  code: string,
  cell: (name: string) => number,
  { uncompared, times, isWithin }: Comparing,
): { value: string; foot: string } {
  const [published, distinct] = [cell('commentsPublished'), cell('commentsDistinct')]
  const waiting = waitingIn(uncompared, code)
  if (!uncompared || waiting === undefined) {
    return {
      value: number(distinct),
      foot: t('consultation.distinct.foot', { n: published - distinct }),
    }
  }
  const time = times.clock(uncompared.upTo)
  if (isWithin || waiting === 'some') {
    return { value: soFar(distinct), foot: t('consultation.distinct.upToWithin', { time }) }
  }
  const compared = Math.max(0, published - waiting)
  return {
    value: soFar(distinct),
    foot: t('consultation.distinct.upTo', { time, compared, published }),
  }
}
