import { untrack } from 'svelte'
import type { Deployment } from '#shared/deployment.ts'
import type { Dimension } from '#shared/ticket.ts'
import { MINUTE } from '#shared/time.ts'
import { NONE, type ViewSpec, type ViewState } from '#shared/view.ts'
import { everything } from '../board/selection.ts'
import { type Step, timeline } from '../board/timeline.ts'
import { boardViews, publishedDays, stepOf, surveys } from '../board/views.ts'
import { language } from '../i18n/language.svelte.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import { createTimes, type Times } from '../i18n/times.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'
import { freshness, type Freshness, isOld } from '../live/freshness.ts'
import { LiveBoard } from '../live/live-board.svelte.ts'
import { PublishedBoard, type PublishedQuestion } from '../live/published-board.svelte.ts'
import { createSocket } from '../live/socket.ts'
import { Address } from '../router/address.svelte.ts'
import { type Held, isDue } from './cadence.ts'
import { parseScreen, rankedBy, type Scene, type ScreenOptions, shownScenes } from './options.ts'
import { Seal } from './seal.svelte.ts'
import { type Turn, turnAt } from './turn.ts'

/** What is shown is of the last 24 hours, by hour, of the whole city. */
const { window } = everything
const totals = ['now', 'before', 'flow', 'flow-before']

/** What a screen shows: one set of views for all its scenes, and which of them it is now. */
export class ScreenState {
  readonly live = new LiveBoard(createSocket)
  readonly published = new PublishedBoard(surveys)
  readonly seal = new Seal()
  readonly #deployments: DeploymentStore
  readonly #address = new Address()
  readonly #own = language().code
  #step = $state(0)
  #held = $state.raw<Held>()

  readonly options: ScreenOptions = $derived(parseScreen(this.#address.query, this.#own))
  readonly scenes: readonly Scene[] = $derived(
    shownScenes(this.options.scenes, this.deployment?.opened ?? []),
  )
  readonly turn: Turn = $derived(
    turnAt(this.#step, { scenes: this.scenes, languages: this.options.languages }),
  )
  /** What the ranking ranks. */
  readonly dimension = $derived(rankedBy(this.deployment?.opened ?? []))
  readonly times: Times = $derived(createTimes(this.deployment?.timeZone ?? 'UTC'))
  readonly freshness: Freshness = $derived(
    freshness(
      { ...this.live.connection, isFailing: this.#isFailing },
      this.deployment?.clock ?? 'database',
    ),
  )
  readonly #question: string | undefined = $derived(
    this.deployment && JSON.stringify(this.#views(this.deployment.opened)),
  )
  readonly #days: string | undefined = $derived(
    this.live.answer &&
      JSON.stringify({
        days: publishedDays(window),
        today: this.times.isoDate((this.#minute - 1) * MINUTE),
        isPast: false,
        edition: this.deployment?.edition,
      }),
  )
  readonly steps: readonly Step[] = $derived(
    timeline(
      this.view('flow')?.rows.map((row) => row[0]) ?? [],
      window,
      stepOf(window),
      this.#minute,
      this.times.zone,
    ),
  )
  readonly place: string | undefined = $derived(
    this.deployment && nameIn(this.deployment.place.names, t('page.name')),
  )

  constructor(deployments: DeploymentStore) {
    this.#deployments = deployments
  }

  get deployment(): Deployment | undefined {
    return this.#deployments.deployment
  }

  get #isFailing(): boolean {
    return this.live.connection.isFailing || this.#deployments.isFailing
  }

  get isOld(): boolean {
    return isOld(this.freshness.state)
  }

  get isReplay(): boolean {
    return this.deployment?.clock === 'events'
  }

  /** When what the scene shows was told, where it is broken down. */
  get heldAt(): number | undefined {
    const { scene } = this.turn
    return scene === 'ranking' || scene === 'movers' ? this.#held?.asOf : undefined
  }

  /** The city's totals: live. */
  view(id: string): ViewState | undefined {
    return this.live.answer?.views.get(id)
  }

  /** What is broken down: as it was last told. */
  told(id: string): ViewState | undefined {
    return this.#held?.answer.views.get(id)
  }

  get #minute(): number {
    return this.live.answer?.at[1] ?? 0
  }

  nameOf(dimension: Dimension, code: string): string {
    if (code === NONE) return t('member.none')
    const member = this.deployment?.members[dimension]?.find((other) => other.code === code)
    return nameIn(member?.names ?? {}, code)
  }

  /** Follows deployment and server and changes the scene, for the life of a component. Call it while one is set up. */
  follow(): void {
    this.seal.follow()
    $effect(() => {
      const edition = this.live.pulse?.edition
      untrack(() => void this.#deployments.refresh(edition))
    })
    $effect(() => {
      const question = this.#question
      if (question) untrack(() => this.live.watch(JSON.parse(question) as ViewSpec[]))
    })
    const isReady = $derived(this.#question !== undefined)
    $effect(() => (isReady ? untrack(() => this.live.open()) : undefined))
    $effect(() => {
      const days = this.#days
      if (days) return untrack(() => this.published.ask(JSON.parse(days) as PublishedQuestion))
    })
    $effect(() => this.#hold())
    const every = $derived(this.options.every)
    $effect(() => {
      const timer = setInterval(() => this.#step++, every * 1000)
      return () => clearInterval(timer)
    })
  }

  #hold(): void {
    const { answer } = this.live
    const { asOf } = this.freshness
    if (!answer || asOf === undefined || this.isOld) return
    const next = { answer, asOf }
    if (
      isDue(
        untrack(() => this.#held),
        next,
      )
    )
      this.#held = next
  }

  /** Those of the board that the scenes need: whoever asks the same shares them. */
  #views(opened: readonly Dimension[]): ViewSpec[] {
    const needed = new Set(this.scenes.flatMap((scene) => this.#viewsOf(scene)))
    return boardViews(everything, opened).filter(({ id = '' }) => needed.has(id))
  }

  #viewsOf(scene: Scene): string[] {
    if (scene === 'ranking') return this.dimension ? [this.dimension] : []
    return scene === 'movers' ? ['category', 'category-before'] : totals
  }
}
