import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import { ask } from './ask.ts'

export interface Template {
  id: number
  version: number
  /** A code; null: of the secretariat. */
  agency: string | null
  language: string
  /** Nulls: taken down. */
  name: string | null
  text: string | null
  done: string | null
  withheld: WithheldTexts
}

/** Drafts of answers of one's agencies, the same for the form that uses them and the one that writes them. */
class Templates {
  #list = $state.raw<readonly Template[]>([])

  get list(): readonly Template[] {
    return this.#list
  }

  /** What is not answered leaves what was known. */
  async refresh(): Promise<void> {
    const found = await ask<{ templates: Template[] }>('templates').catch(() => undefined)
    if (found) this.#list = found.templates
  }
}

export const templates = new Templates()
