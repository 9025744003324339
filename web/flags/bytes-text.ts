import { language } from '../i18n/language.svelte.ts'

/** 1.2 MB, 340 kB. */
export function bytesText(bytes: number): string {
  const [amount, unit] =
    bytes >= 1e6 ? [bytes / 1e6, 'megabyte'] : [Math.max(1, bytes / 1e3), 'kilobyte']
  const digits = { maximumFractionDigits: bytes >= 1e6 ? 1 : 0 }
  return new Intl.NumberFormat(language().locale, { style: 'unit', unit, ...digits }).format(amount)
}
