import type { MeasureId } from '#shared/measures/all.ts'
import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { readWith } from '#shared/oversight/read-with.ts'
import { numberClaim } from '../evidence/evidence-of.ts'
import type { OnBoard, Shown, What } from './flagging.svelte.ts'

/** Of whatever can be flagged: what the page shows of it now. */
export const shownOf = (what: What): Shown => ('about' in what ? shownOnBoard(what) : what)

const shownOnBoard = (what: OnBoard): Shown => ({
  claim: () => (what.about.view === 'published' ? publishedClaim(what) : boardClaim(what)),
  asOf: () =>
    what.about.view === 'published'
      ? what.board.published.newest?.publishedAt
      : what.board.freshness.asOf,
})

function boardClaim({ board, about }: OnBoard): ClaimInput | undefined {
  const [spec, view, at] = [board.spec(about.view), board.view(about.view), board.answer?.at]
  if (!spec || !view || !at) return undefined
  const measure = about.measure as MeasureId
  return numberClaim({ spec, view, at, measure, row: about.row?.key })
}

/** Of the very days that were published: a later publication is another number. */
function publishedClaim({ board, about }: OnBoard): ClaimInput | undefined {
  const view = board.published.newest
  if (!view) return undefined
  const { start, end } = view.days
  const measure = about.measure as MeasureId
  const spec = { measures: [measure, ...readWith(measure)], window: `${start}/${end}` }
  return numberClaim({ spec, view, at: view.at, measure })
}
