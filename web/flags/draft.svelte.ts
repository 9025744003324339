import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { forget, type Kept, type KeptFile, readKept, writeKept } from './kept.ts'
import { refusalText } from './refusal-text.ts'
import { Refused, send } from './send.ts'

type Values = Record<string, string>

interface Of {
  person: string
  /** Of what: a draft each. */
  of: string
  claim?: ClaimInput | undefined
}

export interface Done {
  act: { id: number }
  flag: { id: number; version: number }
  isRepeated: boolean
}

/**
 * A form whose words outlive the page, the session and the server, and which is sent once: under one key
 * from its first letter until it is answered.
 */
export class Draft<V extends Values> {
  readonly values: V = $state({} as V)
  #files = $state.raw<readonly KeptFile[]>([])
  #claim = $state.raw<ClaimInput>()
  #keptAt = $state.raw<number>()
  #isBusy = $state.raw(false)
  #refused = $state.raw<{ text: string; path: string; status: number }>()
  #key: string
  #sent: string | undefined
  readonly #of: Of
  readonly #empty: V

  constructor(of: Of, empty: V) {
    const kept = readKept(of.person, of.of)
    this.#of = of
    this.#empty = empty
    this.values = { ...empty, ...kept?.values }
    this.#files = kept?.files ?? []
    this.#claim = kept?.claim ?? of.claim
    this.#keptAt = kept?.keptAt
    this.#key = kept?.key ?? crypto.randomUUID()
    this.#sent = kept?.sent
  }

  get files(): readonly KeptFile[] {
    return this.#files
  }

  get claim(): ClaimInput | undefined {
    return this.#claim
  }

  /** Milliseconds; undefined while there is nothing to lose, and where a browser keeps nothing. */
  get keptAt(): number | undefined {
    return this.#keptAt
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** The session has ended: nothing more can be sent until somebody signs in. */
  get isSignedOut(): boolean {
    return this.#refused?.status === 401
  }

  /** Somebody was faster. */
  get isOvertaken(): boolean {
    return this.#refused?.status === 409
  }

  get isTouched(): boolean {
    const { values } = this
    return this.#files.length > 0 || Object.keys(values).some((name) => this.#isWritten(name))
  }

  /** What is wrong with a field, or with parts of it. */
  errorOf(field: string): string | undefined {
    const { path = '', text } = this.#refused ?? {}
    return path === field || path.startsWith(`${field}.`) ? text : undefined
  }

  /** What is wrong with none of these fields. */
  errorBut(...fields: string[]): string | undefined {
    return fields.some((field) => this.errorOf(field)) ? undefined : this.#refused?.text
  }

  /** To be called whenever something was written. */
  keep(): void {
    if (!this.isTouched && this.#keptAt === undefined) return
    const { person, of } = this.#of
    const keptAt = Date.now()
    const claim = this.#claim
    const kept: Kept = {
      key: this.#key,
      values: { ...this.values },
      files: this.#files,
      keptAt,
      ...(claim && { claim }),
      ...(this.#sent !== undefined && { sent: this.#sent }),
    }
    this.#keptAt = writeKept(person, of, kept) ? keptAt : undefined
  }

  /** Begins anew. */
  drop(): void {
    forget(this.#of.person, this.#of.of)
    Object.assign(this.values, this.#empty)
    this.#files = []
    this.#keptAt = this.#refused = this.#sent = undefined
    this.#key = crypto.randomUUID()
  }

  /** Points at what is shown now, or at the same with its picture. */
  pointAt(claim: ClaimInput): void {
    this.#claim = claim
    if (this.#keptAt !== undefined) this.keep()
  }

  add(file: KeptFile): void {
    if (this.#files.some(({ hash }) => hash === file.hash)) return
    this.#files = [...this.#files, file]
    this.keep()
  }

  remove(hash: string): void {
    this.#files = this.#files.filter((file) => file.hash !== hash)
    this.keep()
  }

  /** Says what is wrong before anything is sent. */
  refuse(path: string, text: string): void {
    this.#refused = { text, path, status: 400 }
  }

  /**
   * What was done, or undefined where it was refused or is being sent. What was written stays until then;
   * `kept` are the words that were changed after the first sending, which had arrived.
   */
  async send(path: string, body: object): Promise<(Done & { isOther: boolean }) | undefined> {
    if (this.#isBusy) return undefined
    this.#isBusy = true
    this.#refused = undefined
    const first = (this.#sent ??= JSON.stringify(body))
    if (this.isTouched) this.keep()
    try {
      const done = await send<Done>(path, body, this.#key)
      return { ...done, isOther: done.isRepeated && first !== JSON.stringify(body) }
    } catch (error) {
      const { status, path } = error instanceof Refused ? error : new Refused(0)
      // Nothing was done: the next time is a first time.
      if (status >= 400 && status < 500) this.#sent = undefined
      this.#refused = { text: refusalText(error), path, status }
      if (this.isTouched) this.keep()
      return undefined
    } finally {
      this.#isBusy = false
    }
  }

  #isWritten(name: string): boolean {
    return this.values[name] !== this.#empty[name]
  }
}
