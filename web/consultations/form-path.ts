import type { ConsultationDetail } from '#shared/consultations/told.ts'
import { language } from '../i18n/language.svelte.ts'

type Form = Pick<ConsultationDetail, 'code' | 'hasForm' | 'opensAt' | 'closesAt'>

/** While the public form takes comments, where it is, with one provision of the draft chosen or none. */
export function formPath(
  { code, hasForm, opensAt, closesAt }: Form,
  now: number,
): ((provision?: string) => string) | undefined {
  if (!hasForm || now < opensAt || now >= closesAt) return undefined
  return (provision) => {
    const query = new URLSearchParams({ ...(provision && { provision }), lang: language().code })
    return `/consultations/${encodeURIComponent(code)}/form?${query}`
  }
}
