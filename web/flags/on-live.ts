import type { Answer } from '../live/answer.ts'
import type { OnBoard } from './flagging.svelte.ts'

interface LivePage {
  readonly live: { readonly answer: Answer | undefined }
  readonly freshness: OnBoard['board']['freshness']
}

/** A page whose numbers come live and are not published by days, as a board whose numbers can be flagged. */
export function onLive(page: LivePage): OnBoard['board'] {
  return {
    get answer() {
      return page.live.answer
    },
    get freshness() {
      return page.freshness
    },
    published: { newest: undefined },
    view: (id) => page.live.answer?.views.get(id),
    spec: (id) => page.live.answer?.specs.find((spec) => spec.id === id),
  }
}
