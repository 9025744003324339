import { type Heading, isReference, readHeading } from './heading.ts'
import { PREAMBLE, type Provision } from './provision.ts'

/** More than any law has; an endless draft must end somewhere (I11). */
export const MOST = { provisions: 2000, characters: 1_000_000, ofOne: 20_000, deep: 6 } as const

/** What makes a draft unreadable, at a line counted from 1. */
export class DraftError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Markup is never needed to say a law, and never shown as markup; control characters hide text. */
const ACTIVE = /<\s*\/?\s*[a-z!?]|javascript\s*:/iu
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/u

/**
 * The provisions of a draft in Markdown or plain text, by their numbers: `第一条`, `Article 1`, `§ 1`,
 * chapters over them, `(1)` in them. What stands before the first is the preamble; a sentence that
 * begins with a reference, `Article 9(2) applies`, goes on with what it stands in. Throws a
 * `DraftError` for what is no draft, before it costs anything.
 */
export function readDraft(text: string): Provision[] {
  if (text.length > MOST.characters) {
    throw new DraftError(1, `is longer than ${MOST.characters} characters`)
  }
  const reading = new Reading()
  let number = 0
  for (const line of lines(text)) reading.take(line, ++number)
  return reading.end(number)
}

function* lines(text: string): Iterable<string> {
  let from = 0
  for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
    yield text.slice(from, to)
    from = to + 1
  }
  yield text.slice(from)
}

class Reading {
  readonly #all: Provision[] = []
  readonly #taken = new Map<string, number>()
  #chapter: string | null = null
  #article: Provision | undefined
  #here: Provision | undefined

  take(raw: string, line: number): void {
    if (HIDDEN.test(raw)) throw new DraftError(line, 'holds control characters')
    if (ACTIVE.test(raw)) throw new DraftError(line, 'holds markup: a draft is plain text')
    const [, marks = '', rest = ''] = /^\s*(#*)\s*(.*?)\s*$/su.exec(raw) ?? []
    if (marks.length > MOST.deep) throw new DraftError(line, `is deeper than ${MOST.deep} levels`)
    const said = rest.replace(/^\*\*(.+?)\*\*/u, '$1')
    if (said === '') return
    // Marked as a heading, it is one.
    const isPlain = marks === '' && said === rest
    const heading = isPlain && isReference(said) ? undefined : readHeading(said)
    if (heading && (heading.kind !== 'clause' || this.#article)) this.#begin(heading, line)
    else if (marks !== '') this.#untitled(said, line)
    else this.#goOn(said, line)
  }

  end(line: number): Provision[] {
    if (this.#all.some(({ kind }) => kind === 'article')) return this.#all
    throw new DraftError(line, 'has no numbered article: 第一条, Article 1 or § 1')
  }

  #begin({ kind, number, label, rest }: Heading, line: number): void {
    const isHeading = rest !== '' && kind !== 'clause' && !/[.。;；:：,，]$/u.test(rest)
    const provision = this.#add(
      {
        id: this.#idOf(kind, number),
        kind,
        label,
        heading: isHeading ? rest : '',
        text: isHeading ? '' : rest,
        within: this.#withinOf(kind),
      },
      line,
    )
    if (kind === 'chapter') [this.#chapter, this.#article] = [provision.id, undefined]
    if (kind === 'article') this.#article = provision
  }

  /** A heading without a number is a chapter; the first, before all else, is the draft's own title. */
  #untitled(heading: string, line: number): void {
    if (this.#all.length === 0) return this.#goOn(heading, line)
    const number = this.#all.filter(({ kind }) => kind === 'chapter').length + 1
    this.#begin({ kind: 'chapter', number: String(number), label: '', rest: heading }, line)
  }

  #goOn(said: string, line: number): void {
    this.#here ??= this.#add(
      { id: PREAMBLE, kind: 'preamble', label: '', heading: '', text: '', within: null },
      line,
    )
    const { text } = this.#here
    this.#here.text = text === '' ? said : `${text}\n${said}`
    if (this.#here.text.length > MOST.ofOne) {
      throw new DraftError(line, `makes one provision longer than ${MOST.ofOne} characters`)
    }
  }

  #add(provision: Provision, line: number): Provision {
    if (this.#all.length === MOST.provisions) {
      throw new DraftError(line, `is one more than ${MOST.provisions} provisions`)
    }
    this.#all.push(provision)
    return (this.#here = provision)
  }

  #withinOf(kind: Heading['kind']): string | null {
    if (kind === 'clause') return this.#article!.id
    return kind === 'article' ? this.#chapter : null
  }

  /** A number that comes again, as in a schedule, is told apart by its turn. */
  #idOf(kind: Heading['kind'], number: string): string {
    const plain = {
      chapter: () => `c${number}`,
      article: () => number,
      clause: () => `${this.#article!.id}.${number}`,
    }[kind]()
    const turn = (this.#taken.get(plain) ?? 0) + 1
    this.#taken.set(plain, turn)
    return turn === 1 ? plain : `${plain}~${turn}`
  }
}
