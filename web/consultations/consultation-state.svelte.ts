import { untrack } from 'svelte'
import type {
  CommentPage,
  ConsultationDetail,
  ConsultationLine,
  ToldComment,
  ToldReasons,
} from '#shared/consultations/told.ts'
import type { ToldReplies } from '#shared/consultations/told-replies.ts'
import type { MeasureId } from '#shared/measures/all.ts'
import { DAY } from '#shared/time.ts'
import type { ViewSpec, ViewState } from '#shared/view.ts'
import type { Refusal } from '#shared/wire.ts'
import { PageState } from '../board/page-state.svelte.ts'
import type { Answer } from '../live/answer.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'
import type { Freshness } from '../live/freshness.ts'
import { PastBoard } from '../live/past-board.svelte.ts'
import { read, Refused } from '../api/ask.ts'
import { Asked } from '../api/asked.svelte.ts'
import { numberClaim } from '../evidence/evidence-of.ts'
import type { Shown } from '../flags/flagging.svelte.ts'
import { followRecords } from '../records/follow-records.ts'
import { earlierOf, isHeldLive } from './earlier.ts'
import { cellsOf } from './strip.ts'

/** Provisions that one question may name. */
const MOST_NAMED = 100
/** What is not told live is asked again at most so often: the list of comments, and why some are withheld. */
const AGAIN = 2000
/** Within so many milliseconds of an answer it is asked for: not by all who read at once. */
const SOON = 1000

/** One consultation: its draft, its live views, and the comments on what is chosen of it. */
export class ConsultationState extends PageState {
  readonly code: string
  readonly asked = new Asked<ConsultationDetail>()
  readonly replies = new Asked<ToldReplies>()
  readonly list = new Asked<{ consultations: readonly ConsultationLine[] }>()
  /** What is counted for one reader at a time, and stands still until it is asked again. */
  readonly #counted = new PastBoard()
  #comments = $state.raw<readonly ToldComment[]>([])
  #next = $state.raw<string | null>(null)
  #keys: readonly string[] | undefined
  #narrowed = $state.raw<readonly string[]>()
  readonly #edition: number | undefined = $derived(this.live.pulse?.edition)
  #timer: ReturnType<typeof setTimeout> | undefined
  #answering: ReturnType<typeof setTimeout> | undefined
  readonly #reasons = new Asked<ToldReasons>()
  #reasoning: ReturnType<typeof setTimeout> | undefined
  #stopReasons = () => {}

  constructor(deployments: DeploymentStore, code: string) {
    super(deployments)
    this.code = code
  }

  get detail(): ConsultationDetail | undefined {
    return this.asked.answer
  }

  /** Why comments are withheld. */
  readonly withheld: ToldReasons['withheld'] = $derived(
    this.#reasons.answer?.withheld ?? this.detail?.withheld ?? [],
  )
  /** More or fewer are withheld than the reasons add up to. */
  readonly #unexplained: number = $derived.by(() => {
    const figures = this.view('figures')
    if (!figures) return 0
    const told = this.withheld.reduce((sum, { comments }) => sum + comments, 0)
    return cellsOf(figures, figures.totals)('commentsWithheld') - told
  })

  get comments(): readonly ToldComment[] {
    return this.#comments
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  /** The same body's that were opened before; where it had none, the city's. */
  readonly earlier: readonly ConsultationLine[] = $derived(
    this.detail ? earlierOf(this.detail, this.list.answer?.consultations ?? [], Date.now()) : [],
  )

  /** Asks for figures and days of these provisions too; of so many that no question names them, of none. */
  narrow(keys: readonly string[] | undefined): void {
    this.#narrowed = keys && keys.length <= MOST_NAMED ? keys : undefined
  }

  get isNarrowed(): boolean {
    return this.#narrowed !== undefined
  }

  /** It opened so lately that its days are held live; where the city's clock is not known yet, taken to be so. */
  readonly isLive: boolean = $derived.by(() => {
    const now = this.pulse?.now ?? (this.deployment?.clock === 'events' ? 0 : Date.now())
    return !this.detail || isHeldLive(this.detail.opensAt, now)
  })

  get answer(): Answer | undefined {
    return this.isLive ? this.live.answer : this.#counted.answer
  }

  override get refusal(): Refusal | undefined {
    return this.isLive ? this.live.refusal : this.#counted.refusal
  }

  override get freshness(): Freshness {
    if (this.isLive) return this.liveFreshness
    return { ...this.#counted.freshness, now: this.liveFreshness.now }
  }

  view(id: string): ViewState | undefined {
    return this.answer?.views.get(id)
  }

  /** The question that a view answers; `curve` is that of its days beside those of the earlier ones. */
  specOf(id: string): ViewSpec | undefined {
    if (id !== 'curve') return this.answer?.specs.find((spec) => spec.id === id)
    return this.detail && viewOfDays('curve', [this.detail, ...this.earlier], this.times.isoDate)
  }

  /** A number of one of its views: what an observer may flag. */
  numberShown(id: string, measure: MeasureId): Shown {
    return {
      claim: () => {
        const [spec, view, answer] = [this.specOf(id), this.view(id), this.answer]
        return spec && view && answer && numberClaim({ spec, view, at: answer.at, measure })
      },
      asOf: () => this.freshness.asOf,
    }
  }

  /** Follows it. Call it while a component is set up. */
  openAll(): void {
    this.follow()
    // Asked again when names have changed: another draft may be shown.
    $effect(() => {
      void this.#edition
      return this.asked.open(`/consultations/${encodeURIComponent(this.code)}`)
    })
    $effect(() => {
      void this.#edition
      return this.replies.open(`/consultations/${encodeURIComponent(this.code)}/answers`)
    })
    $effect(() =>
      untrack(() =>
        followRecords({
          onStart: this.#askReplies,
          onRecord: ({ body }) => body.consultation === this.code && this.#askReplies(),
        }),
      ),
    )
    $effect(() => () => clearTimeout(this.#answering))
    $effect(() => void (this.#unexplained !== 0 && this.#askReasons()))
    $effect(() => () => {
      clearTimeout(this.#reasoning)
      this.#stopReasons()
    })
    $effect(() => {
      void this.#edition
      return this.list.open('/consultations')
    })
    $effect(() => {
      if (this.#question === undefined) return
      const views = JSON.parse(this.#question) as ViewSpec[]
      const { isLive } = this
      untrack(() => this.live.watch(isLive ? views : []))
      // Names that have changed are told by the next edition: before the first is known nothing need be counted twice.
      if (isLive || this.#edition === undefined) return
      return untrack(() => this.#counted.ask(views))
    })
    $effect(() => (this.#isReady ? untrack(() => this.live.open()) : undefined))
  }

  /** Something was answered, or may have been. */
  #askReplies = (): void => {
    this.#answering ??= setTimeout(() => {
      this.#answering = undefined
      this.replies.again()
    }, SOON * Math.random())
  }

  #askReasons = (): void => {
    this.#reasoning ??= setTimeout(() => {
      this.#reasoning = undefined
      this.#stopReasons = this.#reasons.open(
        `/consultations/${encodeURIComponent(this.code)}/withheld`,
      )
    }, AGAIN * Math.random())
  }

  /** Once the draft is known; as text, so that a draft that is told again asks nothing new. */
  readonly #question: string | undefined = $derived(
    this.detail &&
      this.deployment &&
      JSON.stringify(
        viewsOf(this.detail, {
          isoDate: this.times.isoDate,
          earlier: this.earlier,
          narrowed: this.#narrowed,
        }),
      ),
  )
  readonly #isReady: boolean = $derived(this.#question !== undefined)

  /** The newest comments on these provisions, now and whenever `n` of them has changed. */
  showComments(keys: readonly string[], isSame: boolean): void {
    if (!isSame) {
      this.#keys = keys
      clearTimeout(this.#timer)
      this.#timer = undefined
      return void this.#ask(keys)
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      if (this.#keys) void this.#ask(this.#keys)
    }, AGAIN)
  }

  async more(): Promise<void> {
    if (this.#next === null || !this.#keys) return
    const page = await this.#page(this.#keys, this.#next)
    if (!page) return
    this.#comments = [...this.#comments, ...page.comments]
    this.#next = page.next
  }

  async #ask(keys: readonly string[]): Promise<void> {
    const page = await this.#page(keys)
    if (!page || this.#keys !== keys) return
    this.#comments = page.comments
    this.#next = page.next
  }

  async #page(keys: readonly string[], after?: string): Promise<CommentPage | undefined> {
    const query = new URLSearchParams({ provision: keys.join(','), limit: '10' })
    if (after !== undefined) query.set('after', after)
    try {
      return await read<CommentPage>(
        `/consultations/${encodeURIComponent(this.code)}/comments?${query}`,
      )
    } catch (error) {
      if (error instanceof Refused) return undefined
      throw error
    }
  }
}

interface Asking {
  isoDate: (at: number) => string
  earlier: readonly ConsultationLine[]
  /** Keys of provisions. */
  narrowed: readonly string[] | undefined
}

/** From the day on which it opens to the end of that on which it closes. */
function viewsOf(
  { code, opensAt, closesAt }: ConsultationDetail,
  { isoDate, earlier, narrowed }: Asking,
): ViewSpec[] {
  const window = `${isoDate(opensAt)}/${isoDate(closesAt + DAY)}`
  const asked = { window, filters: { consultation: [code] } } as const
  return [
    {
      id: 'figures',
      measures: [
        ...(['people', 'commentsReceived', 'commentsPublished', 'commentsWithheld'] as const),
        ...(['commentsDistinct', 'stance'] as const),
      ],
      ...asked,
    },
    { id: 'days', measures: ['people', 'commentsPublished'], by: 'day', ...asked },
    {
      id: 'provisions',
      measures: ['commentsPublished', 'stance', 'peopleOfProvision'],
      by: 'provision',
      ...asked,
    },
    ...(narrowed
      ? viewsWithin({ window, filters: { ...asked.filters, provision: narrowed } })
      : []),
    ...(earlier.length > 0 ? [viewOfDays('earlier', earlier, isoDate)] : []),
  ]
}

/** Of some provisions alone. Who wrote on several of them is counted in each. */
function viewsWithin(asked: Pick<ViewSpec, 'window' | 'filters'>): ViewSpec[] {
  return [
    {
      id: 'figures-within',
      measures: [
        ...(['peopleOfProvision', 'commentsReceived', 'commentsPublished'] as const),
        ...(['commentsWithheld', 'commentsDistinct'] as const),
      ],
      ...asked,
    },
    {
      id: 'days-within',
      measures: ['peopleOfProvision', 'commentsPublished'],
      by: 'day',
      ...asked,
    },
  ]
}

function viewOfDays(
  id: string,
  all: readonly Pick<ConsultationLine, 'code' | 'opensAt' | 'closesAt'>[],
  isoDate: (at: number) => string,
): ViewSpec {
  const from = Math.min(...all.map(({ opensAt }) => opensAt))
  const until = Math.max(...all.map(({ closesAt }) => closesAt))
  return {
    id,
    measures: ['people', 'commentsPublished'],
    by: 'consultation',
    over: 'day',
    window: `${isoDate(from)}/${isoDate(until + DAY)}`,
    filters: { consultation: all.map(({ code }) => code).sort() },
  }
}
