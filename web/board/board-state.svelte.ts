import { untrack } from 'svelte'
import type { Deployment } from '#shared/deployment.ts'
import type { Dimension } from '#shared/ticket.ts'
import { MINUTE } from '#shared/time.ts'
import {
  type At,
  type Break,
  NONE,
  type PresetWindow,
  type ViewSpec,
  type ViewState,
} from '#shared/view.ts'
import type { Pulse, Refusal, StreamFilters } from '#shared/wire.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'
import type { Freshness } from '../live/freshness.ts'
import type { Answer } from '../live/answer.ts'
import type { LiveBoard } from '../live/live-board.svelte.ts'
import { PastBoard } from '../live/past-board.svelte.ts'
import { PublishedBoard, type PublishedQuestion } from '../live/published-board.svelte.ts'
import { RevisedDays } from '../live/revised-days.svelte.ts'
import { Announcements } from './announcements.svelte.ts'
import { CardState } from './card-state.svelte.ts'
import { Choice, type Ground } from './choice.svelte.ts'
import { PageState } from './page-state.svelte.ts'
import { type Filter, type Selection, viewFilters } from './selection.ts'
import { type Step, timeline } from './timeline.ts'
import { boardViews, publishedDays, stepOf, surveys } from './views.ts'

type Titles = ReadonlyMap<string, Readonly<Record<string, string>>>

/** What the page shows: what its address asks for, and what the server last answered. */
export class BoardState {
  readonly #page: PageState
  readonly choice: Choice
  readonly card = new CardState()
  readonly announcements = new Announcements()
  readonly past = new PastBoard()
  readonly published = new PublishedBoard(surveys)
  /** Of the whole city, where its days are shown as they are now. */
  readonly #revised = new RevisedDays()
  #also = $state.raw<readonly ViewSpec[]>([])
  #titles = $state.raw<Titles>(new Map())
  #told = $state.raw<ViewState>()

  /** As text, so that a change that asks nothing new of the server is none. */
  readonly #question: string | undefined = $derived(
    this.selection && JSON.stringify(this.#views(this.selection)),
  )
  readonly #moment: string | undefined = $derived(
    this.selection?.at && JSON.stringify(this.selection.at),
  )
  /** As text, so that only other tickets are asked for anew; undefined where none are to be followed. */
  readonly #followed: string | undefined = $derived(
    this.selection && this.isSeen && this.hasStream
      ? JSON.stringify(viewFilters(this.selection) ?? {})
      : undefined,
  )
  readonly #isReady: boolean = $derived(this.#question !== undefined)
  /** Asked again when the city's day ends, and when its policy may publish something else. */
  readonly #days: string | undefined = $derived(
    this.answer &&
      JSON.stringify({
        days: publishedDays(this.answeredWindow),
        today: this.times.isoDate((this.minute - 1) * MINUTE),
        isPast: this.isPast,
        edition: this.deployment?.edition,
      }),
  )
  /** The minutes, hours or days of the answered window. */
  readonly steps: readonly Step[] = $derived(
    timeline(
      this.view('flow')?.rows.map((row) => row[0]) ?? [],
      this.answeredWindow,
      stepOf(this.answeredWindow),
      this.minute,
      this.times.zone,
    ),
  )
  readonly freshness: Freshness = $derived(this.isPast ? this.past.freshness : this.#liveFreshness)

  constructor(deployments: DeploymentStore, ground?: Ground) {
    this.#page = new PageState(deployments)
    this.choice = new Choice(deployments, ground)
  }

  get live(): LiveBoard {
    return this.#page.live
  }

  /** Undefined before the city is known. */
  get selection(): Selection | undefined {
    return this.choice.selection
  }

  get isSeen(): boolean {
    return this.#page.isSeen
  }

  get deployment(): Deployment | undefined {
    return this.#page.deployment
  }

  get times(): Times {
    return this.#page.times
  }

  get place(): string | undefined {
    return this.#page.place
  }

  /** The page shows a past moment, and follows nothing. */
  get isPast(): boolean {
    return this.selection?.at !== undefined
  }

  /** The city shows single tickets, and the page the present. */
  get hasStream(): boolean {
    return !this.isPast && (this.deployment?.opened.length ?? 0) > 0
  }

  /** What the numbers on the page are: of the past moment, or the newest. */
  get answer(): Answer | undefined {
    return this.isPast ? this.past.answer : this.live.answer
  }

  get refusal(): Refusal | undefined {
    return this.isPast ? this.past.refusal : this.live.refusal
  }

  /** What the server last said of itself; nothing of a past moment. */
  get pulse(): Pulse | undefined {
    return this.isPast ? undefined : this.live.pulse
  }

  /** Whose board it is; undefined of the city's. */
  get member(): Filter | undefined {
    return this.choice.ground?.filter
  }

  get #liveFreshness(): Freshness {
    return this.#page.freshness
  }

  #views(selection: Selection): ViewSpec[] {
    const own = this.choice.ground?.views(selection) ?? []
    const { opened, members } = this.deployment!
    const board = boardViews(selection, opened, members.category?.length)
    const others = board.filter(({ id }) => !own.some((view) => view.id === id))
    return [...others, ...own, ...this.#also]
  }

  /** Views of a panel that came later, with those of the board. */
  showAlso(views: readonly ViewSpec[]): void {
    this.#also = views
  }

  /** What a panel was told besides, read as a view of its id is. */
  tell(view: ViewState | undefined): void {
    this.#told = view
  }

  /** Titles of consultations, by code. */
  knowTitles(titles: Titles): void {
    this.#titles = titles
  }

  /** Its code until it is known. */
  titleOf(consultation: string): string {
    return nameIn(this.#titles.get(consultation) ?? {}, consultation)
  }

  view(id: string): ViewState | undefined {
    if (id === 'published') return this.published.newest
    return id === this.#told?.id ? this.#told : this.answer?.views.get(id)
  }

  /** The question that the numbers on the page answer, which may be older than the one asked now. */
  spec(id: string): ViewSpec | undefined {
    return this.answer?.specs.find((spec) => spec.id === id)
  }

  get answeredWindow(): PresetWindow {
    return (this.spec('now')?.window ?? this.selection?.window ?? '24h') as PresetWindow
  }

  /** No ticket has ever come in. */
  get isEmpty(): boolean {
    return this.answer?.at[0] === 0
  }

  /** The answer is of a part of the city. */
  get isNarrowed(): boolean {
    return this.spec('now')?.filters !== undefined
  }

  /** The minute at whose beginning the answer ends: the end of the running one. */
  get minute(): number {
    return this.answer?.at[1] ?? 0
  }

  /** Where series broke before the answer's end. */
  get breaks(): readonly Break[] {
    const end = this.minute * MINUTE
    return this.deployment?.breaks.filter(({ at }) => Date.parse(at) < end) ?? []
  }

  /** Which steps are days that were told otherwise, of any of these measures, before late data came. */
  revisedSteps(...measures: readonly string[]): number[] {
    const dates = this.#revised.datesOf(...measures)
    if (dates.size === 0 || this.#shownDays === undefined) return []
    return this.steps.flatMap(({ startAt }, index) =>
      dates.has(this.times.isoDate(startAt)) ? [index] : [],
    )
  }

  get #shownDays(): string | undefined {
    const isDay = stepOf(this.answeredWindow) === 'day' && !this.isNarrowed && !this.isPast
    const [first, last] = [this.steps[0], this.steps.at(-1)]
    if (!isDay || !first || !last) return undefined
    return `${this.times.isoDate(first.startAt)} ${this.times.isoDate(last.startAt)}`
  }

  nameOf(dimension: Dimension, code: string): string {
    if (code === NONE) return t('member.none')
    const member = this.deployment?.members[dimension]?.find((other) => other.code === code)
    return nameIn(member?.names ?? {}, code)
  }

  /** The address of what the page shows now, for ever: undefined before the first answer. */
  momentLink(): string | undefined {
    const at = this.answer?.at
    return at && this.choice.momentLink(at)
  }

  /** Follows address, deployment and server for the life of a component. Call it while one is set up. */
  follow(): void {
    this.#page.follow()
    $effect(() => this.choice.correct())
    $effect(() => {
      const question = this.#question
      if (question) untrack(() => this.live.watch(JSON.parse(question) as ViewSpec[]))
    })
    $effect(() => {
      const followed = this.#followed
      const filters = followed === undefined ? undefined : (JSON.parse(followed) as StreamFilters)
      untrack(() => this.live.stream.follow(filters))
    })
    $effect(() => (this.#isReady && !this.isPast ? untrack(() => this.live.open()) : undefined))
    $effect(() => {
      const days = this.#days
      if (days) return untrack(() => this.published.ask(JSON.parse(days) as PublishedQuestion))
    })
    // A hidden page runs no timer.
    const shownDays = $derived(this.isSeen ? this.#shownDays : undefined)
    $effect(() => {
      const [from, to] = shownDays?.split(' ') ?? []
      if (from && to) return untrack(() => this.#revised.follow(from, to))
    })
    $effect(() => {
      const [question, moment] = [this.#question, this.#moment]
      if (!question || !moment) return
      const [specs, at] = [JSON.parse(question) as ViewSpec[], JSON.parse(moment) as At]
      return untrack(() => this.past.ask(specs, at))
    })
  }
}
