import type { ModeratedComment, ModeratedPage } from '#shared/consultations/told.ts'
import type { WithholdReason } from '#shared/consultations/comment.ts'
import { read, Refused } from '../api/ask.ts'
import { KeptForm } from '../api/kept-form.svelte.ts'

/** Comments on a page, and at most in one request. */
const [PAGE, MOST] = [50, 200]

export interface Outcome {
  comment: string
  status: number
  error?: string
  code?: string
}

interface Question {
  q: string
  group: number | undefined
  withheld: boolean
}

/** What is typed for whichever comments are ruled on next: for what they are withheld, and why in words. */
interface Words {
  withheldFor: WithholdReason
  reason: string
}

type Fate = 'published' | 'withheld'

/** The comments of one consultation as the secretariat reads them, and what it does to them. */
export class Moderation {
  readonly #code: string
  readonly #path: string
  #form = $state.raw<KeptForm<Words>>()
  #comments = $state.raw<readonly ModeratedComment[]>()
  #next = $state.raw<string | null>(null)
  #chosen = $state.raw<ReadonlySet<string>>(new Set())
  #refusal = $state.raw<Refused>()
  #outcomes = $state.raw<readonly Outcome[]>([])
  #question = $state.raw<Question>({ q: '', group: undefined, withheld: false })

  constructor(code: string) {
    this.#code = code
    this.#path = `/consultations/${encodeURIComponent(code)}`
  }

  /** Undefined until somebody is known whose words they are. */
  get form(): KeptForm<Words> | undefined {
    return this.#form
  }

  begin(person: string): void {
    this.#form = new KeptForm({
      of: { person, form: `moderation.${this.#code}` },
      blank: () => ({ withheldFor: 'abuse', reason: '' }),
    })
  }

  get comments(): readonly ModeratedComment[] | undefined {
    return this.#comments
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  get refusal(): Refused | undefined {
    return this.#refusal
  }

  get question(): Question {
    return this.#question
  }

  /** Of the last gesture so far, one for each comment. */
  get outcomes(): readonly Outcome[] {
    return this.#outcomes
  }

  isChosen(key: string): boolean {
    return this.#chosen.has(key)
  }

  /** Of those chosen what is published, or what the secretariat withholds. */
  chosen(fate: Fate): readonly string[] {
    return (this.#comments ?? []).flatMap(({ key, withheld }) => {
      const isIt = fate === 'published' ? withheld === null : withheld?.at != null
      return isIt && this.#chosen.has(key) ? key : []
    })
  }

  choose(key: string, is: boolean): void {
    const chosen = new Set(this.#chosen)
    if (is) chosen.add(key)
    else chosen.delete(key)
    this.#chosen = chosen
  }

  chooseAll(is: boolean): void {
    this.#chosen = new Set(is ? this.#comments?.map(({ key }) => key) : [])
  }

  /** Another question; of a group all are chosen. */
  async ask(question: Partial<Question>): Promise<void> {
    this.#question = { ...this.#question, ...question }
    this.#chosen = new Set()
    this.#outcomes = []
    this.#form?.forgive()
    await this.#read(PAGE)
    if (this.#question.group !== undefined) this.chooseAll(true)
  }

  async more(): Promise<void> {
    if (this.#next === null) return
    const page = await this.#page(PAGE, this.#next)
    if (!page) return
    this.#comments = [...(this.#comments ?? []), ...page.comments]
    this.#next = page.next
    if (this.#question.group !== undefined) this.chooseAll(true)
  }

  /** Each comment its own act; what is done is chosen no more. */
  async rule(fate: Fate, comments: readonly string[]): Promise<void> {
    this.#outcomes = []
    if (await this.#send(fate, comments.slice(0, MOST))) await this.#again()
  }

  /** Of a whole group, however many it has, as far as anybody answers. */
  async withholdGroup(): Promise<void> {
    this.#outcomes = []
    let after: string | null | undefined
    while (after !== null) {
      const page = await this.#page(MOST, after)
      if (!page) return
      const keys = page.comments.flatMap(({ key, withheld }) => (withheld === null ? key : []))
      if (keys.length > 0 && !(await this.#send('withheld', keys))) return
      after = page.next
    }
    await this.#again()
  }

  /** False where nobody answered, or it was refused as a whole. The words stay for the next ones. */
  async #send(fate: Fate, comments: readonly string[]): Promise<boolean> {
    const form = this.#form
    if (!form) return false
    const { withheldFor, reason } = form.fields
    const [path, why] =
      fate === 'withheld' ? ['withholdings', { withheldFor, reason }] : ['publications', { reason }]
    const body = { comments, ...why }
    const answer = await form.send<{ outcomes: Outcome[] }>(`${this.#path}/${path}`, body)
    if (!answer) return false
    form.renew()
    this.#outcomes = [...this.#outcomes, ...answer.outcomes]
    const done = new Set(answer.outcomes.flatMap((one) => (one.status === 200 ? one.comment : [])))
    this.#chosen = this.#chosen.difference(done)
    return true
  }

  #again(): Promise<void> {
    return this.#read(Math.max(PAGE, this.#comments?.length ?? 0))
  }

  async #read(wanted: number): Promise<void> {
    const page = await this.#page(Math.min(wanted, 200))
    if (!page) return
    this.#comments = page.comments
    this.#next = page.next
  }

  /** Undefined where it was refused, or something else was asked meanwhile. */
  async #page(limit: number, after?: string | undefined): Promise<ModeratedPage | undefined> {
    const question = this.#question
    const { q, group, withheld } = question
    const query = new URLSearchParams({
      limit: String(limit),
      ...(q !== '' && { q }),
      ...(group !== undefined && { group: String(group) }),
      ...(withheld && { withheld: 'true' }),
      ...(after !== undefined && { after }),
    })
    try {
      const page = await read<ModeratedPage>(`${this.#path}/moderation?${query}`)
      if (question !== this.#question) return undefined
      this.#refusal = undefined
      return page
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (question === this.#question) this.#refusal = error
      return undefined
    }
  }
}
