import { untrack } from 'svelte'
import type { Deployment } from '#shared/deployment.ts'
import type { ViewSpec } from '#shared/view.ts'
import type { Pulse, Refusal } from '#shared/wire.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import { createTimes, type Times } from '../i18n/times.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'
import { freshness, type Freshness } from '../live/freshness.ts'
import { LiveBoard } from '../live/live-board.svelte.ts'
import { restWhenHidden } from '../live/rest-when-hidden.ts'
import { createSocket } from '../live/socket.ts'
import { wakeWithPage } from '../live/wake-with-page.ts'

/** Makes the page's one connection. */
type Connect = ConstructorParameters<typeof LiveBoard>[0]

/** What every live page has: one connection, what the server said of the city, and how old it all is. */
export class PageState {
  readonly live: LiveBoard
  readonly isPast = false
  /** A page that nobody sees follows no single tickets. */
  isSeen = $state(document.visibilityState === 'visible')
  readonly #deployments: DeploymentStore

  protected readonly liveFreshness: Freshness = $derived.by(() =>
    freshness(
      { ...this.live.connection, isFailing: this.#isFailing },
      this.deployment?.clock ?? 'database',
    ),
  )
  readonly times: Times = $derived(createTimes(this.deployment?.timeZone ?? 'UTC'))
  readonly place: string | undefined = $derived(
    this.deployment && nameIn(this.deployment.place.names, t('page.name')),
  )

  constructor(deployments: DeploymentStore, connect: Connect = createSocket) {
    this.#deployments = deployments
    this.live = new LiveBoard(connect)
  }

  get deployment(): Deployment | undefined {
    return this.#deployments.deployment
  }

  get refusal(): Refusal | undefined {
    return this.live.refusal
  }

  get freshness(): Freshness {
    return this.liveFreshness
  }

  /** What the server last said of itself. */
  get pulse(): Pulse | undefined {
    return this.live.pulse
  }

  get #isFailing(): boolean {
    return this.live.connection.isFailing || this.#deployments.isFailing
  }

  /** Follows the city, and looks at once when the reader comes back. Call it while a component is set up. */
  follow(): void {
    $effect(() => {
      const edition = this.live.pulse?.edition
      untrack(() => void this.#deployments.refresh(edition))
    })
    $effect(() => wakeWithPage(this.live))
    $effect(() => restWhenHidden(this.live))
    $effect(() => whenSeen((isSeen) => (this.isSeen = isSeen)))
  }

  /** For a page that asks the same as long as it stands. */
  ask(views: readonly ViewSpec[]): void {
    this.live.watch(views)
    $effect(() => untrack(() => this.live.open()))
  }
}

function whenSeen(tell: (isSeen: boolean) => void): () => void {
  const look = () => tell(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}
