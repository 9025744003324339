import type { At } from '#shared/view.ts'
import type { Shown } from '../flags/flagging.svelte.ts'
import type { Row } from './row.ts'

interface Standing {
  /** Where the page stands. */
  at: () => At | undefined
  asOf: () => number | undefined
}

/** A ticket as a list shows it: its address names it, and how it stands is what was seen. */
export const flaggableRow = ({ key, id, status }: Row, { at, asOf }: Standing): Shown => ({
  claim() {
    const [seq, minute] = at() ?? []
    if (seq === undefined || minute === undefined) return undefined
    const mark = decodeURIComponent(key.split('/')[1]!)
    return { kind: 'ticket', mark, id, at: [seq, minute], saw: { status } }
  },
  asOf,
})
