import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { KeptForm } from '../api/kept-form.svelte.ts'
import type { Kept as Stored, Shelf } from '../api/kept.ts'
import { forget, type KeptFile, readKept, writeKept } from './kept.ts'

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

interface Written<V> {
  values: V
  files: readonly KeptFile[]
  /** What a new flag is on, as it was shown when it was begun. */
  claim: ClaimInput | undefined
}

/** What is written about a flag, with its files. */
export class Draft<V extends Values> extends KeptForm<Written<V>> {
  readonly #empty: V

  constructor(of: Of, empty: V) {
    const blank = () => ({ values: { ...empty }, files: [], claim: of.claim })
    super({ shelf: shelfOf(of, empty), blank })
    this.#empty = empty
  }

  get values(): V {
    return this.fields.values
  }

  get files(): readonly KeptFile[] {
    return this.fields.files
  }

  get claim(): ClaimInput | undefined {
    return this.fields.claim
  }

  override get isTouched(): boolean {
    const { values, files } = this
    return files.length > 0 || Object.keys(values).some((name) => this.#isWritten(name))
  }

  /** Begins anew. */
  drop(): void {
    this.clear()
  }

  /** Points at what is shown now, or at the same with its picture. */
  pointAt(claim: ClaimInput): void {
    this.fields.claim = claim
    if (this.keptAt !== undefined) this.keep()
  }

  add(file: KeptFile): void {
    if (this.files.some(({ hash }) => hash === file.hash)) return
    this.fields.files = [...this.files, file]
    this.keep()
  }

  remove(hash: string): void {
    this.fields.files = this.files.filter((file) => file.hash !== hash)
    this.keep()
  }

  override send<Answer extends object = Done>(path: string, body: object) {
    return super.send<Answer>(path, body)
  }

  #isWritten(name: string): boolean {
    return this.values[name] !== this.#empty[name]
  }
}

/** Where drafts lie, each by itself: those of new flags are listed with all flags. */
function shelfOf<V extends Values>({ person, of, claim }: Of, empty: V): Shelf<Written<V>> {
  return {
    read() {
      const kept = readKept(person, of)
      if (!kept) return undefined
      const { values, files, claim: begun = claim, ...rest } = kept
      return { ...rest, fields: { values: { ...empty, ...values }, files, claim: begun } }
    },
    write({ fields: { claim: begun, ...fields }, ...rest }: Stored<Written<V>>) {
      return writeKept(person, of, { ...rest, ...fields, ...(begun && { claim: begun }) })
    },
    forget: () => forget(person, of),
  }
}
