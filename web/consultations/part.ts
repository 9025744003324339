import type { StripItem } from './strip.ts'

/** What the page is narrowed to, as it is called and asked for. */
export interface Part {
  name: string
  /** Keys of provisions, between commas. */
  keys: string
}

export const partOf = ({ keys }: StripItem, name: string): Part => ({ name, keys: keys.join(',') })
