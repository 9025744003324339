import type { Key } from '../i18n/t.ts'

export interface KeyLine {
  /** Any of them; what a keyboard writes on its caps. */
  keys: readonly string[]
  does: Key
}

export interface KeyGroup {
  name: Key
  lines: readonly KeyLine[]
}

/** Every key of the site there is, by where it works. */
export const keyGroups: readonly KeyGroup[] = [
  {
    name: 'keys.everywhere',
    lines: [
      { keys: ['/'], does: 'keys.search' },
      { keys: ['?'], does: 'keys.list' },
      { keys: ['Esc'], does: 'keys.close' },
    ],
  },
  { name: 'keys.board', lines: [{ keys: ['Esc'], does: 'keys.widen' }] },
  {
    name: 'keys.charts',
    lines: [
      { keys: ['←', '→'], does: 'keys.step' },
      { keys: ['Home', 'End'], does: 'keys.ends' },
      { keys: ['Enter'], does: 'keys.stepTickets' },
      { keys: ['Esc'], does: 'keys.leave' },
    ],
  },
  {
    name: 'keys.tables',
    lines: [
      { keys: ['↑', '↓'], does: 'keys.rows' },
      { keys: ['←', '→'], does: 'keys.inRow' },
      { keys: ['Home', 'End'], does: 'keys.ends' },
      { keys: ['Enter'], does: 'keys.press' },
    ],
  },
]
