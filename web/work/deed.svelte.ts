import { t } from '../i18n/t.ts'
import { ask, NotTaken } from './ask.ts'

/**
 * A form that does one act. What was typed stays in this tab until it is done, also over a reload, an ended
 * session or a restart of the server; the same key is sent again, so that the act is done once.
 */
export class Deed<Fields extends object> {
  fields: Fields = $state()!
  #isBusy = $state.raw(false)
  #error = $state.raw<{ text: string; path: string | undefined }>()
  readonly #name: string
  readonly #empty: Fields
  #key = crypto.randomUUID() as string

  constructor(name: string, empty: Fields) {
    this.#name = `clerestory.work.${name}`
    this.#empty = empty
    this.fields = { ...empty, ...this.#kept() }
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Of a field; without one, what is said of no field of the form. */
  errorOf(path?: string): string | undefined {
    if (!this.#error) return undefined
    const at = this.#error.path?.split('.')[0]
    const isOfField = at !== undefined && at in this.#empty
    if (path === undefined) return isOfField ? undefined : this.#error.text
    return at === path ? this.#error.text : undefined
  }

  keep(): void {
    try {
      const kept = JSON.stringify({ key: this.#key, fields: this.fields })
      sessionStorage.setItem(this.#name, kept)
    } catch {
      // It is kept as long as the page stands.
    }
  }

  clear(): void {
    this.fields = { ...this.#empty }
    this.#error = undefined
    this.#key = crypto.randomUUID()
    try {
      sessionStorage.removeItem(this.#name)
    } catch {
      // Nothing was kept.
    }
  }

  /** Undefined where it was refused: then the form says why, and keeps what was typed. */
  async send<T>(path: string, body: object): Promise<T | undefined> {
    if (this.#isBusy) return undefined
    this.#isBusy = true
    this.#error = undefined
    this.keep()
    try {
      return await ask<T>(path, { key: this.#key, body })
    } catch (error) {
      this.#refuse(error)
      return undefined
    } finally {
      this.#isBusy = false
    }
  }

  /** What was refused for good has done nothing: what is sent next is another act. */
  #refuse(error: unknown): void {
    const refused = error instanceof NotTaken ? error : new NotTaken(0, '')
    this.#error = { text: refusalText(refused), path: refused.path }
    if (refused.status >= 400 && refused.status < 500) this.#key = crypto.randomUUID()
  }

  #kept(): Partial<Fields> {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#name) ?? 'null') as {
        key: string
        fields: Partial<Fields>
      } | null
      if (!kept) return {}
      this.#key = kept.key
      return kept.fields
    } catch {
      return {}
    }
  }
}

export function refusalText({ status, message }: NotTaken): string {
  if (status === 0 || status >= 500) return t('work.unreached')
  if (status === 401) return t('work.ended')
  return t('work.refused', { error: message })
}
