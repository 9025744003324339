import type {
  GroupDetail,
  GroupPage,
  ToldGroup,
  ToldWording,
} from '#shared/consultations/told-groups.ts'
import { read, Refused } from '../api/ask.ts'

/** The list is asked again at most so often, as new ones come. */
const AGAIN = 2000
const SHOWN = 3

/** The largest groups of comments that are nearly the same, kept as new as what is counted. */
export class Letters {
  readonly #path: string
  /** Which is shown however small it is. */
  readonly #asked: number | undefined
  #groups = $state.raw<readonly ToldGroup[]>()
  #next = $state.raw<string | null>(null)
  #wanted = SHOWN
  #provision: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(code: string, asked?: number) {
    this.#path = `/consultations/${encodeURIComponent(code)}/groups`
    this.#asked = asked
  }

  /** Undefined until they were read. */
  get groups(): readonly ToldGroup[] | undefined {
    return this.#groups
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  /** Something was counted anew. */
  renew(): void {
    if (this.#groups === undefined && this.#timer === undefined) void this.#ask()
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#ask()
    }, AGAIN)
  }

  /** To those of which the first is on one of these provisions, keys between commas; undefined: to all. */
  narrow(provision: string | undefined): void {
    if (provision === this.#provision) return
    this.#provision = provision
    this.#wanted = SHOWN
    const isAsked = this.#groups !== undefined || this.#timer !== undefined
    if (isAsked) void this.#ask()
  }

  more(): void {
    this.#wanted = Math.min(100, this.#wanted + 10)
    void this.#ask()
  }

  /** All texts of a group but the first, those said most first; as many as a page of it holds. */
  async others(id: number): Promise<readonly ToldWording[] | undefined> {
    const group = await answerTo<GroupDetail>(`${this.#path}/${id}?limit=50`)
    return group?.texts.slice(1)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #ask(): Promise<void> {
    const [wanted, provision] = [this.#wanted, this.#provision]
    const query = new URLSearchParams({ limit: String(wanted), ...(provision && { provision }) })
    const page = await answerTo<GroupPage>(`${this.#path}?${query}`)
    if (!page || wanted !== this.#wanted || provision !== this.#provision) return
    this.#groups = await this.#withAsked(page.groups)
    this.#next = page.next
  }

  /** Under whichever number it goes on now. */
  async #withAsked(groups: readonly ToldGroup[]): Promise<readonly ToldGroup[]> {
    if (this.#asked === undefined || this.#provision !== undefined) return groups
    const asked = await answerTo<GroupDetail>(`${this.#path}/${this.#asked}?limit=3`)
    if (!asked) return groups
    return [asked, ...groups.filter(({ id }) => id !== asked.id)]
  }
}

/** Undefined when the server does not answer just now: what is shown stays. */
async function answerTo<Answer>(path: string): Promise<Answer | undefined> {
  try {
    return await read<Answer>(path)
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}
