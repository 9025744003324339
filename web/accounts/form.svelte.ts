import { type Key, t } from '../i18n/t.ts'
import { Refused } from './ask.ts'
import { NotDone } from './passkey.ts'

/** What a form is doing: one thing at a time, and what went wrong beside the field it concerns. */
export class Form {
  #isBusy = $state.raw(false)
  #error = $state.raw<{ text: string; path: string | undefined }>()

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Of the whole form, or of a field. */
  errorOf(path?: string, ...others: string[]): string | undefined {
    const error = this.#error
    if (!error) return undefined
    const isHere = path === undefined ? !others.includes(error.path ?? '') : error.path === path
    return isHere ? error.text : undefined
  }

  /** Does it unless something is being done; `refused` is said of what the server does not take. */
  async send(work: () => Promise<unknown>, refused: Key): Promise<boolean> {
    if (this.#isBusy) return false
    this.#isBusy = true
    this.#error = undefined
    try {
      await work()
      return true
    } catch (error) {
      this.#error = { text: sayRefused(error, refused), path: pathOf(error) }
      return false
    } finally {
      this.#isBusy = false
    }
  }
}

const pathOf = (error: unknown) => (error instanceof Refused ? error.path : undefined)

function sayRefused(error: unknown, refused: Key): string {
  if (error instanceof NotDone) return t('account.passkey.none')
  if (!(error instanceof Refused) || error.status === 0 || error.status >= 500)
    return t('account.failed')
  if (error.status === 429) return t('account.wait', { n: Math.ceil(Math.max(1, error.wait) / 60) })
  if (error.status === 410) return t('account.used')
  if (error.code === 'password.guessable') return t('refused.password.guessable')
  if (error.path === 'fresh') return t('account.fresh')
  if (error.status === 401 && refused !== 'account.wrong' && refused !== 'account.wrongCode')
    return t('account.ended')
  return t(refused)
}
