import { numberFormat } from './formatters.ts'

/**
 * A value on its way into a message. As an object it stays a part of its own, so that a sentence can mark
 * it; a number still counts where a plural or `{n, number}` asks for it.
 */
export class Amount {
  readonly #value: string | number
  readonly #locale: string

  constructor(value: string | number, locale: string) {
    this.#value = value
    this.#locale = locale
  }

  get text(): string {
    if (typeof this.#value === 'string') return this.#value
    return numberFormat(this.#locale).format(this.#value)
  }

  valueOf(): string | number {
    return this.#value
  }

  toString(): string {
    return String(this.#value)
  }
}
