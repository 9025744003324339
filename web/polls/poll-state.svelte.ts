import { untrack } from 'svelte'
import type { PollDetail, ToldBreakdowns, ToldOpinions } from '#shared/polls/told.ts'
import { DAY } from '#shared/time.ts'
import type { ViewSpec, ViewState } from '#shared/view.ts'
import { Asked } from '../api/asked.svelte.ts'
import { PageState } from '../board/page-state.svelte.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'

/** Opinions are asked again at most so often, as votes come: the server finds them anew no sooner. */
const AGAIN = 6000
/** Choices of which the days are shown: a view over time takes no more. */
const MOST_CHOICES = 100

/** One poll: what it asks, its live views, and what is found in its votes. */
export class PollState extends PageState {
  readonly code: string
  readonly asked = new Asked<PollDetail>()
  readonly opinions = new Asked<ToldOpinions>()
  readonly breakdowns = new Asked<ToldBreakdowns>()
  readonly #edition: number | undefined = $derived(this.live.pulse?.edition)
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly hasClosed: boolean = $derived(
    this.detail !== undefined && (this.freshness.now ?? Date.now()) >= this.detail.closesAt,
  )
  /** What was chosen is counted, and told. */
  readonly isTold: boolean = $derived(this.detail?.isSealed === false || this.hasClosed)
  readonly #isAgreement: boolean = $derived(this.detail?.kind === 'agreement')

  constructor(deployments: DeploymentStore, code: string) {
    super(deployments)
    this.code = code
  }

  get detail(): PollDetail | undefined {
    return this.asked.answer
  }

  view(id: string): ViewState | undefined {
    return this.live.answer?.views.get(id)
  }

  /** Follows it. Call it while a component is set up. */
  openAll(): void {
    this.follow()
    const path = `/polls/${encodeURIComponent(this.code)}`
    // Asked again when names have changed: it may be told in other words.
    $effect(() => {
      void this.#edition
      return this.asked.open(path)
    })
    $effect(() =>
      this.#isAgreement && this.isTold ? this.opinions.open(`${path}/opinions`) : undefined,
    )
    $effect(() =>
      !this.#isAgreement && this.hasClosed ? this.breakdowns.open(`${path}/breakdowns`) : undefined,
    )
    $effect(() => {
      const question = this.#question
      if (question) untrack(() => this.live.watch(JSON.parse(question) as ViewSpec[]))
    })
    $effect(() => (this.#question ? untrack(() => this.live.open()) : undefined))
    $effect(() => {
      void this.view('statements')
      untrack(() => this.#lookAgain())
    })
    $effect(() => () => clearTimeout(this.#timer))
  }

  /** Once it is known; as text, so that a poll that is told again asks nothing new. */
  readonly #question: string | undefined = $derived(
    this.detail && this.deployment && JSON.stringify(viewsOf(this.detail, this.times.isoDate)),
  )

  /** Votes came: also statements may have. */
  #lookAgain(): void {
    if (!this.#isAgreement || !this.opinions.answer) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.opinions.again()
      this.asked.again()
    }, AGAIN)
  }
}

/** From the day on which it opens to the end of that on which it closes. */
function viewsOf(
  { code, kind, opensAt, closesAt, questions }: PollDetail,
  isoDate: (at: number) => string,
): ViewSpec[] {
  const window = `${isoDate(opensAt)}/${isoDate(closesAt + DAY)}`
  const filters = { poll: [code] }
  if (kind === 'agreement') {
    return [
      { id: 'statements', measures: ['agreement'], by: 'statement', window, filters },
      { id: 'by-day', measures: ['agreement'], by: 'day', window, filters },
    ]
  }
  const choice = questions
    .flatMap(({ choices }) => choices.map(({ key }) => key))
    .slice(0, MOST_CHOICES)
  return [
    { id: 'by-day', measures: ['respondents'], by: 'day', window, filters },
    { id: 'choices', measures: ['choice'], by: 'choice', window, filters },
    {
      ...({ id: 'days', measures: ['choice'], by: 'choice', over: 'day', window } as const),
      filters: { ...filters, choice },
    },
  ]
}
