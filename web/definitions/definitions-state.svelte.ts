import { untrack } from 'svelte'
import type { AnswerMeasure, ToldFigures } from '#shared/consultations/answer-measures.ts'
import type { ConsultationLine } from '#shared/consultations/told.ts'
import { type MeasureId, measureIds, measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { MINUTE } from '#shared/time.ts'
import type { Cell, ViewState } from '#shared/view.ts'
import { Asked } from '../api/asked.svelte.ts'
import { cellWriter, fieldReader } from '../board/card-content.ts'
import { PageState } from '../board/page-state.svelte.ts'
import { cellText } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { DeploymentStore } from '../live/deployment.svelte.ts'
import { PublishedBoard } from '../live/published-board.svelte.ts'

/** The worked examples are of so long. */
export const WINDOW = '24h'
const PUBLISHED_DAYS = 1

const definitionOf = (id: MeasureId): Measure => measures[id]
const surveys = measureIds.filter((id) => definitionOf(id).isSurvey)
const shownLive = measureIds.filter((id) => !definitionOf(id).isSurvey)

type View = 'now' | 'published'

/** Every measure with its numbers: live, or as published where it is of what citizens answered. */
export class DefinitionsState {
  readonly page: PageState
  readonly published = new PublishedBoard(surveys, 1)
  readonly figures = new Asked<ToldFigures>()
  readonly #consultations = new Asked<{ consultations: readonly ConsultationLine[] }>()
  /** The consultation of the worked examples: the one that closed last; before any has, the one that closes last. */
  readonly example: ConsultationLine | undefined = $derived.by(() => {
    const all = this.#consultations.answer?.consultations ?? []
    return all.find(({ closesAt }) => closesAt <= Date.now()) ?? all[0]
  })
  readonly #hasNone = $derived(this.#consultations.answer?.consultations.length === 0)
  readonly #today: string | undefined = $derived.by(() => {
    const minute = this.page.live.answer?.at[1]
    return minute === undefined ? undefined : this.page.times.isoDate((minute - 1) * MINUTE)
  })

  constructor(deployments: DeploymentStore) {
    this.page = new PageState(deployments)
  }

  follow(): void {
    this.page.follow()
    this.page.ask([{ id: 'now', measures: shownLive, window: WINDOW }])
    $effect(() => this.#consultations.open('/consultations'))
    const code = $derived(this.example?.code)
    $effect(() => (code ? this.figures.open(`/consultations/${code}/figures`) : undefined))
    $effect(() => {
      const today = this.#today
      if (today === undefined) return
      return untrack(() => this.published.ask({ days: PUBLISHED_DAYS, today, isPast: false }))
    })
  }

  /** The numbers of a measure as they are read and as they are written; a dash while none has come. */
  numbersOf(measure: MeasureId) {
    const view: View = definitionOf(measure).isSurvey ? 'published' : 'now'
    const answer = this.#view(view)
    const read = fieldReader(answer, { measure, view })
    const write = answer ? cellWriter({ measure, view }, read) : (_: Cell) => t('none')
    const isNone = view === 'published' && this.published.state === 'none'
    return { read, write, isKnown: isNone || answer !== undefined }
  }

  /** The same of a measure of one consultation. */
  figuresOf({ id }: AnswerMeasure) {
    const told = this.figures.answer?.figures[id]
    const write = told ? cellText : (_: Cell) => t('none')
    return {
      read: (field: string): Cell => told?.[field] ?? null,
      write,
      isKnown: this.#hasNone || told !== undefined,
    }
  }

  #view(view: View): ViewState | undefined {
    return view === 'published' ? this.published.newest : this.page.live.answer?.views.get('now')
  }
}
