import { MINUTE } from '#shared/time.ts'
import type { At } from '#shared/view.ts'
import type { StreamFilters, StreamPart } from '#shared/wire.ts'
import { PageState } from '../board/page-state.svelte.ts'
import { deployments } from '../live/deployment.svelte.ts'
import { isOld } from '../live/freshness.ts'
import { type BoardSocket, createSocket } from '../live/socket.ts'

/** What happens to single tickets, over the page's one connection. Make it while a component is set up. */
export class Following {
  readonly page: PageState
  #filters: StreamFilters | undefined
  #socket: BoardSocket | undefined
  /** The deployment's clock, to the second; undefined until the server is heard. */
  readonly now: number | undefined = $derived.by(() => {
    const { now } = this.page.freshness
    return now && Math.floor(now / 1000) * 1000
  })
  /** Where the page stands by what the server last said; evidence is frozen there. */
  readonly at: At | undefined = $derived.by(() => {
    const { pulse } = this.page.live
    return pulse && [pulse.seq, Math.floor(pulse.now / MINUTE) + 1]
  })
  readonly isOld: boolean = $derived.by(() => isOld(this.page.freshness.state))

  /** `onPart` is told what happens, the first time what happened last. */
  constructor(onPart: (part: StreamPart) => void) {
    this.page = new PageState(deployments(), (views) => {
      this.#socket = createSocket(views)
      return this.#socket.on('stream', onPart).on('connect', this.#ask)
    })
    this.page.follow()
    this.page.ask([])
  }

  /** Which tickets to follow from now on. A refusal leaves the list without live changes, and the age says how old it is. */
  follow(filters: StreamFilters): void {
    this.#filters = filters
    if (this.#socket?.connected) this.#ask()
  }

  #ask = (): void => {
    if (this.#filters) this.#socket?.emit('stream:follow', this.#filters, () => {})
  }
}
