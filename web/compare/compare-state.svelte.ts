import { untrack } from 'svelte'
import type { Deployment } from '#shared/deployment.ts'
import { MINUTE } from '#shared/time.ts'
import {
  type At,
  type Break,
  NONE,
  type PresetWindow,
  type ViewSpec,
  type ViewState,
} from '#shared/view.ts'
import type { Pulse, Refusal } from '#shared/wire.ts'
import { Announcements } from '../board/announcements.svelte.ts'
import { CardState } from '../board/card-state.svelte.ts'
import type { Side } from '../board/compare-link.ts'
import { PageState } from '../board/page-state.svelte.ts'
import type { Filter } from '../board/selection.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import type { Answer } from '../live/answer.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'
import type { Freshness } from '../live/freshness.ts'
import type { LiveBoard } from '../live/live-board.svelte.ts'
import { PastBoard } from '../live/past-board.svelte.ts'
import { Address } from '../router/address.svelte.ts'
import { compareViews, flowOf } from './compare-views.ts'
import {
  type Compared,
  type Comparison,
  formatComparison,
  parseComparison,
  type SideName,
} from './comparison.ts'
import type { Pair } from './figures.ts'

/** Two sides beside each other: what the address asks for, and what the server last answered. */
export class CompareState {
  readonly #page: PageState
  readonly card = new CardState()
  readonly announcements = new Announcements()
  readonly past = new PastBoard()
  readonly choice = { backToNow: () => this.select({ at: undefined }) }
  /** Nothing that is told of whole days is compared. */
  readonly published = { newest: undefined }
  readonly flowOf = flowOf
  readonly #address = new Address()

  readonly comparison: Comparison | undefined = $derived(
    this.deployment && parseComparison(this.#address.query, this.deployment),
  )
  /** As text, so that a change that asks nothing new of the server is none. */
  readonly #question: string | undefined = $derived(
    this.comparison && JSON.stringify(compareViews(this.comparison, this.deployment!.opened)),
  )
  readonly #isReady: boolean = $derived(this.#question !== undefined)
  readonly #moment: string | undefined = $derived(
    this.comparison?.at && JSON.stringify(this.comparison.at),
  )
  /** The comparison that the numbers on the page answer, which may be older than the one asked now. */
  readonly answered: Compared | undefined = $derived.by(() => {
    const [a, b] = [this.spec('a'), this.spec('b')]
    return a && b && { a: sideIn(a), b: sideIn(b), window: a.window as PresetWindow }
  })

  constructor(deployments: DeploymentStore) {
    this.#page = new PageState(deployments)
  }

  /** The page shows a past moment, and follows nothing. */
  get isPast(): boolean {
    return this.comparison?.at !== undefined
  }

  get live(): LiveBoard {
    return this.#page.live
  }

  get deployment(): Deployment | undefined {
    return this.#page.deployment
  }

  get times(): Times {
    return this.#page.times
  }

  get freshness(): Freshness {
    return this.isPast ? this.past.freshness : this.#page.freshness
  }

  get refusal(): Refusal | undefined {
    return this.isPast ? this.past.refusal : this.#page.refusal
  }

  /** What the server last said of itself; nothing of a past moment. */
  get pulse(): Pulse | undefined {
    return this.isPast ? undefined : this.live.pulse
  }

  get minute(): number {
    return this.answer?.at[1] ?? 0
  }

  get isReplay(): boolean {
    return this.deployment?.clock === 'events'
  }

  /** Where series broke before the answer's end. */
  get breaks(): readonly Break[] {
    const end = this.minute * MINUTE
    return this.deployment?.breaks.filter(({ at }) => Date.parse(at) < end) ?? []
  }

  get answer(): Answer | undefined {
    return this.isPast ? this.past.answer : this.live.answer
  }

  get answeredWindow(): PresetWindow {
    return this.answered?.window ?? '24h'
  }

  spec(id: string): ViewSpec | undefined {
    return this.answer?.specs.find((spec) => spec.id === id)
  }

  view(id: string): ViewState | undefined {
    return this.answer?.views.get(id)
  }

  /** Both sides of one question; undefined until both are answered. */
  pair(id: '' | 'flow' | 'category'): Pair | undefined {
    const of = (side: SideName) => this.view(id === '' ? side : `${side}-${id}`)
    const [a, b] = [of('a'), of('b')]
    return a && b && { a, b }
  }

  nameOf({ dimension, code }: Filter): string {
    if (code === NONE) return t('member.none')
    const member = this.deployment?.members[dimension]?.find((other) => other.code === code)
    return nameIn(member?.names ?? {}, code)
  }

  /** What a side is called: its member, and its period where that is not the one that runs. */
  labelOf({ filter, period }: Side, window: PresetWindow): string {
    const name = filter ? this.nameOf(filter) : t('comparison.city')
    return period ? t('compare.before', { name, before: t(`before.${window}`) }) : name
  }

  /** What the numbers of a side on the page are of. */
  answeredLabel(side: SideName): string {
    return this.answered ? this.labelOf(this.answered[side], this.answered.window) : ''
  }

  /** The address of what the page shows now, for ever: undefined before the first answer. */
  momentLink(): string | undefined {
    const at = this.answer?.at
    if (!at || !this.comparison) return undefined
    return location.origin + location.pathname + formatComparison({ ...this.comparison, at })
  }

  select(change: Partial<Comparison>): void {
    if (this.comparison) this.#address.push(formatComparison({ ...this.comparison, ...change }))
  }

  swap(): void {
    if (this.comparison) this.select({ a: this.comparison.b, b: this.comparison.a })
  }

  /** Follows address, deployment and server for the life of a component. Call it while one is set up. */
  follow(): void {
    this.#page.follow()
    $effect(() => {
      if (this.comparison) this.#address.correct(formatComparison(this.comparison))
    })
    $effect(() => {
      const question = this.#question
      if (question) untrack(() => this.live.watch(JSON.parse(question) as ViewSpec[]))
    })
    $effect(() => (this.#isReady && !this.isPast ? untrack(() => this.live.open()) : undefined))
    $effect(() => {
      const [question, moment] = [this.#question, this.#moment]
      if (!question || !moment) return
      const [specs, at] = [JSON.parse(question) as ViewSpec[], JSON.parse(moment) as At]
      return untrack(() => this.past.ask(specs, at))
    })
  }
}

function sideIn({ filters, period }: ViewSpec): Side {
  const [narrowed] = Object.entries(filters ?? {})
  const filter = narrowed && { dimension: narrowed[0], code: narrowed[1][0]! }
  return { ...(filter && { filter: filter as Filter }), ...(period && { period }) }
}
