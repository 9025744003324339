import type { MeasureId } from '#shared/measures/all.ts'
import { askPublished, type PublishedView } from './ask-published.ts'
import { isSameDays, newestWindow, type WholeDays, windowBefore } from './whole-days.ts'

/** Publications of one length that are shown beside each other. */
const RUN = 7
/** Everybody's day ends at once: nobody asks before the server can have published, nor all together. */
const AFTER_MIDNIGHT = 5_000
const SPREAD = 40_000
const FIRST_WAIT = 5_000
const LONGEST_WAIT = 600_000
const UNANSWERED = 15_000

export interface PublishedQuestion {
  /** Whole days of a publication: 1, 7, 30 or 90. */
  days: number
  /** The local date now, by the server's clock, or that of the past moment shown. */
  today: string
  isPast: boolean
}

/** `none`: nothing of this length is published. */
export type PublishedState = 'loading' | 'known' | 'none'

/** What is published of whole days: asked once for each day, until the newest there can be is here. */
export class PublishedBoard {
  /** The oldest first; a publication that there is not is undefined. */
  #run = $state.raw<readonly (PublishedView | undefined)[]>([])
  #state = $state.raw<PublishedState>('loading')
  #isFailing = $state.raw(false)
  #asked: PublishedQuestion | undefined
  readonly #measures: readonly MeasureId[]
  readonly #most: number

  /** `most` publications beside each other. */
  constructor(measures: readonly MeasureId[], most = RUN) {
    this.#measures = measures
    this.#most = most
  }

  get state(): PublishedState {
    return this.#state
  }

  /** The last question was not answered, so that there may be newer days than those shown. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  get newest(): PublishedView | undefined {
    return this.#run.at(-1)
  }

  /** That of the days just before the newest. */
  get before(): PublishedView | undefined {
    return this.#run.at(-2)
  }

  get run(): readonly (PublishedView | undefined)[] {
    return this.#run
  }

  /** Follows the publications of one length, and returns the function that stops. */
  ask(question: PublishedQuestion): () => void {
    const before = this.#asked
    const isSameLength = before?.days === question.days && before.isPast === question.isPast
    const isNextDay = isSameLength && !question.isPast && before.today !== question.today
    this.#asked = question
    if (!isSameLength) this.#forget()
    const asking = new AbortController()
    void this.#follow(question, isNextDay ? afterMidnight() : 0, asking.signal)
    return () => asking.abort()
  }

  #forget(): void {
    this.#run = []
    this.#state = 'loading'
    this.#isFailing = false
  }

  async #follow(question: PublishedQuestion, wait: number, signal: AbortSignal): Promise<void> {
    await sleep(wait)
    for (let attempt = 0; !signal.aborted; attempt++) {
      const isDone = await this.#askAll(question, signal)
      if (isDone || signal.aborted) return
      await sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.75 + Math.random() / 2))
    }
  }

  /** True when nothing newer can be told. */
  async #askAll({ days, today, isPast }: PublishedQuestion, signal: AbortSignal): Promise<boolean> {
    const due = newestWindow(days, today)
    try {
      const newest = await this.#answer(isPast ? rangeOf(due) : `${days}d`, signal)
      const earlier = newest ? await this.#before(newest.days, signal) : []
      if (signal.aborted) return true
      this.#run = newest ? [...earlier, newest] : []
      this.#state = newest ? 'known' : 'none'
      this.#isFailing = false
      return isPast || newest?.days.end === due.end
    } catch {
      this.#isFailing = !signal.aborted
      return false
    }
  }

  /** Told once and never again otherwise: what is here is not asked for anew. */
  async #before(days: WholeDays, signal: AbortSignal): Promise<(PublishedView | undefined)[]> {
    const windows: WholeDays[] = []
    for (let last = days; windows.length < this.#most - 1; windows.push(last))
      last = windowBefore(last)
    const views = windows.map((window) => {
      const known = this.#run.find((view) => view && isSameDays(view.days, window))
      return known ?? this.#answer(rangeOf(window), signal)
    })
    return (await Promise.all(views)).reverse()
  }

  #answer(window: string, signal: AbortSignal): Promise<PublishedView | undefined> {
    const patient = AbortSignal.any([signal, AbortSignal.timeout(UNANSWERED)])
    return askPublished(this.#measures, window, patient)
  }
}

const rangeOf = ({ start, end }: WholeDays): string => `${start}/${end}`

const afterMidnight = (): number => AFTER_MIDNIGHT + Math.random() * SPREAD

const sleep = (wait: number) => new Promise((resolve) => setTimeout(resolve, wait))
