import type { ModeratedComment, ModeratedPage } from '#shared/consultations/told.ts'
import type { WithholdReason } from '#shared/consultations/comment.ts'
import { read, Refused, send } from '../api/ask.ts'
import { Sending } from '../api/sending.svelte.ts'

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

/** Why a comment is withheld; undefined: it is published again. */
interface Ruling {
  withheldFor?: WithholdReason
  reason: string
}

/** The comments of one consultation as the secretariat reads them, and what it does to them. */
export class Moderation {
  readonly sending = new Sending()
  readonly #path: string
  #comments = $state.raw<readonly ModeratedComment[]>()
  #next = $state.raw<string | null>(null)
  #chosen = $state.raw<ReadonlySet<string>>(new Set())
  #refusal = $state.raw<Refused>()
  #outcomes = $state.raw<readonly Outcome[]>([])
  #question = $state.raw<Question>({ q: '', group: undefined, withheld: false })
  /** The same gesture, sent again because nobody answered, is one. */
  #sent: { body: string; key: string } | undefined

  constructor(code: string) {
    this.#path = `/consultations/${encodeURIComponent(code)}`
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
  chosen(fate: 'published' | 'withheld'): readonly string[] {
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
    this.sending.forgive()
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
  async rule(comments: readonly string[], ruling: Ruling): Promise<void> {
    this.#outcomes = []
    if (await this.#send(comments.slice(0, MOST), ruling)) await this.#again()
  }

  /** The same of a whole group, however many it has, as far as anybody answers. */
  async ruleGroup(ruling: Ruling): Promise<void> {
    this.#outcomes = []
    let after: string | null | undefined
    while (after !== null) {
      const page = await this.#page(MOST, after)
      if (!page) return
      const isFitting = ({ withheld }: ModeratedComment) =>
        ruling.withheldFor === undefined ? withheld?.at != null : withheld === null
      const keys = page.comments.filter(isFitting).map(({ key }) => key)
      if (keys.length > 0 && !(await this.#send(keys, ruling))) return
      after = page.next
    }
    await this.#again()
  }

  /** False where nobody answered, or it was refused as a whole. */
  async #send(comments: readonly string[], { withheldFor, reason }: Ruling): Promise<boolean> {
    const path = withheldFor === undefined ? 'publications' : 'withholdings'
    const form = { comments, reason, ...(withheldFor !== undefined && { withheldFor }) }
    const body = JSON.stringify([path, form])
    if (this.#sent?.body !== body) this.#sent = { body, key: crypto.randomUUID() }
    const { key } = this.#sent
    const answer = await this.sending.once(() =>
      send<{ outcomes: Outcome[] }>(`${this.#path}/${path}`, key, form),
    )
    if (!answer) return false
    this.#sent = undefined
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
